import { CodeInfoScreen } from '../../features/help/code-info-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(CodeInfoScreen)
