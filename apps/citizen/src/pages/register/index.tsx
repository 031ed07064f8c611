export { RegisterScreen as default } from '../../features/registration/register-screen.tsx'
