export { VisitsScreen as default } from '../../features/records/visits-screen.tsx'
