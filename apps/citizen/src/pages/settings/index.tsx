import { SettingsScreen } from '../../features/settings/settings-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(SettingsScreen)
