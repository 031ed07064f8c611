import { OtherCodesScreen } from '../../features/other-codes/other-codes-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(OtherCodesScreen)
