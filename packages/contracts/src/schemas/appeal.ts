export * from '../appeal/limits.ts'
export {
  Appeal,
  AppealState,
  NewAppeal,
  OfficeAppeal,
  OfficeAppealEntry,
  TestBehind,
} from '../appeal/schemas.ts'
