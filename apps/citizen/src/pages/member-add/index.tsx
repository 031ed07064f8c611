import { MemberAddScreen } from '../../features/family/member-add-screen.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(MemberAddScreen)
