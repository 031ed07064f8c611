export {
  AuditEntry,
  AuditExport,
  AuditHead,
  AuditKeyList,
  AuditQuery,
  AuditStatus,
  AuditVerification,
} from '../audit/schemas.ts'
export {
  CodeChange,
  CodeEvent,
  CodeLookup,
  CodeReason,
  MyLookup,
  MyLookups,
  MyVisit,
  MyVisits,
} from '../history/schemas.ts'
