export { CodeHistoryScreen as default } from '../../features/history/code-history-screen.tsx'
