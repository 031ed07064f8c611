import { LookupsScreen } from '../../features/records/lookups-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(LookupsScreen)
