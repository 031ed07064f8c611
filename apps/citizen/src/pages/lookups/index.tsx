export { LookupsScreen as default } from '../../features/records/lookups-screen.tsx'
