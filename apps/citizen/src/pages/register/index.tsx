import { RegisterScreen } from '../../features/registration/register-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(RegisterScreen)
