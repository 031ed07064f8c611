import { CodeHistoryScreen } from '../../features/history/code-history-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(CodeHistoryScreen)
