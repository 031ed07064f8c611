export { HomeScreen as default } from '../../features/pass/home-screen.tsx'
