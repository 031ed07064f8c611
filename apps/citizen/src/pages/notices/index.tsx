export { NoticesScreen as default } from '../../features/records/notices-screen.tsx'
