import { NoticesScreen } from '../../features/records/notices-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(NoticesScreen)
