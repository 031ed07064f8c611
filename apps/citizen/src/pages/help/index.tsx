import { HelpScreen } from '../../features/help/help-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(HelpScreen)
