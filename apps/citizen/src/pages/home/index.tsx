import { HomeScreen } from '../../features/pass/home-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(HomeScreen)
