import { FamilyScreen } from '../../features/family/family-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(FamilyScreen)
