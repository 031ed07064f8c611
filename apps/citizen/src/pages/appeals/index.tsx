import { AppealsScreen } from '../../features/appeal/appeals-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(AppealsScreen)
