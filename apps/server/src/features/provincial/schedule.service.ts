export { schedulePull as scheduleProvincialPull } from './provincial.queries.ts'
