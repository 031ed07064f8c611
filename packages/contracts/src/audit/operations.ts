import { auditors, everybody } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listAuditEntries: operation('GET', '/api/v1/operator/audit-entries', auditors),
  searchAuditPerson: operation('POST', '/api/v1/operator/audit-person-searches', auditors),
  exportAuditEntries: operation('POST', '/api/v1/operator/audit-exports', auditors),
  getAuditStatus: operation('GET', '/api/v1/operator/audit-status', auditors),
  verifyAuditLog: operation('POST', '/api/v1/operator/audit-verifications', auditors),
  listAuditKeys: operation('GET', '/api/v1/audit-keys', everybody),
  getAuditHead: operation('GET', '/api/v1/audit-head', everybody),
}
