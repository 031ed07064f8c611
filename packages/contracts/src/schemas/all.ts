export type { OperationSchemas } from '../operation-schemas.ts'
export * from '../schemas.ts'
