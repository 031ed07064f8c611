import { authorities, importers, rulesReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  createImport: operation('POST', '/api/v1/operator/imports', importers),
  putImportPart: operation('PUT', '/api/v1/operator/imports/:importId/parts/:part', importers),
  completeImportUpload: operation('POST', '/api/v1/operator/imports/:importId/completion', importers),
  listImports: operation('GET', '/api/v1/operator/imports', importers),
  getImport: operation('GET', '/api/v1/operator/imports/:importId', importers),
  listImportErrors: operation('GET', '/api/v1/operator/imports/:importId/errors', importers),
  exportImportErrors: operation('POST', '/api/v1/operator/imports/:importId/error-exports', importers),
  cancelImport: operation('POST', '/api/v1/operator/imports/:importId/cancellation', importers),
  listImportSample: operation('GET', '/api/v1/operator/imports/:importId/sample', authorities),
  recountImport: operation('POST', '/api/v1/operator/imports/:importId/recount', authorities),
  proposeImport: operation('POST', '/api/v1/operator/imports/:importId/proposal', importers),
  proposeImportUndo: operation('POST', '/api/v1/operator/imports/:importId/undo-proposal', authorities),
  exportImportTemplate: operation('GET', '/api/v1/operator/import-templates/:kind', importers),
  listListWords: operation('GET', '/api/v1/operator/list-words', rulesReaders),
  listLaboratories: operation('GET', '/api/v1/operator/laboratories', importers),
}
