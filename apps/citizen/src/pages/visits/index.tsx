import { VisitsScreen } from '../../features/records/visits-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(VisitsScreen)
