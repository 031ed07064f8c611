import { RiskAreasScreen } from '../../features/risk-areas/risk-areas-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(RiskAreasScreen)
