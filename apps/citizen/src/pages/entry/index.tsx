import { EntryScreen } from '../../features/entry/entry-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(EntryScreen)
