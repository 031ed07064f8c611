import { ScanScreen } from '../../features/scan/scan-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(ScanScreen)
