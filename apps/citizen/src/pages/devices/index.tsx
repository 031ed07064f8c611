import { DevicesScreen } from '../../features/records/devices-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(DevicesScreen)
