export * from '../atoms.ts'
export * from '../reasons.ts'
