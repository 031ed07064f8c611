import { PaperCodeScreen } from '../../features/family/paper-code-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(PaperCodeScreen)
