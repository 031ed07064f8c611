import { AppealFormScreen } from '../../features/appeal/appeal-form-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(AppealFormScreen)
