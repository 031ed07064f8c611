export { MemberAddScreen as default } from '../../features/family/member-add-screen.tsx'
