export { Zone } from '../zone/schemas.ts'
