import { DoorScreen } from '../../features/door/door-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(DoorScreen)
