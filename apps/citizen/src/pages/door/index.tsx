export { DoorScreen as default } from '../../features/door/door-screen.tsx'
