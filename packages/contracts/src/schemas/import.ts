export * from '../import/limits.ts'
export {
  Import,
  ImportError,
  ImportImpact,
  ImportKind,
  ImportSampleRow,
  ImportState,
  NewImport,
  NewImportUndo,
} from '../import/schemas.ts'
