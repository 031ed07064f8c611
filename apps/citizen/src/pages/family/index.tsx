export { FamilyScreen as default } from '../../features/family/family-screen.tsx'
