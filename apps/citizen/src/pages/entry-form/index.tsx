import { EntryFormScreen } from '../../features/entry/entry-form-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(EntryFormScreen)
