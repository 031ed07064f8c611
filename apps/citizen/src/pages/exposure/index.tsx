import { ExposureScreen } from '../../features/declare/exposure-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(ExposureScreen)
