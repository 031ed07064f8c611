import { DeclarationsScreen } from '../../features/declare/declarations-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(DeclarationsScreen)
