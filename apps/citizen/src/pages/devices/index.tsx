export { DevicesScreen as default } from '../../features/records/devices-screen.tsx'
