import { MissingScreen } from '../../features/help/missing-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(MissingScreen)
