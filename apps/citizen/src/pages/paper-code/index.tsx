export { PaperCodeScreen as default } from '../../features/family/paper-code-screen.tsx'
