export { CodeInfoScreen as default } from '../../features/help/code-info-screen.tsx'
