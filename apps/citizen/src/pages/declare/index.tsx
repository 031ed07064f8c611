import { HealthScreen } from '../../features/declare/health-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(HealthScreen)
