import { SignInScreen } from '../../features/session/sign-in-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(SignInScreen)
