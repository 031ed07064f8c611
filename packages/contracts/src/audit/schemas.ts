import { VERIFICATION_STATES } from '@jiankangbao/domain/vocabulary/audit'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Csv,
  Cursor,
  DivisionCode,
  Id,
  Instant,
  Line,
  LookupPurpose,
  OneOf,
  PageSize,
  PersonId,
  RequestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { PersonSearch } from '../person-file/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'The audit log, its seals and their verification'

export const AuditEntry = Type.Object({
  auditId: Id,
  at: Instant,
  actorKind: Shown('operator'),
  actorId: Type.Optional(Shown('7')),
  actorName: Type.Optional(Shown('李示例')),
  action: Shown('finding.proposed'),
  objectKind: Shown('person'),
  objectId: Type.Optional(Shown('4711')),
  purpose: Type.Optional(Shown('电话核实')),
  details: Type.Record(Type.String(), Type.Unknown(), { examples: [{ category: 'close_contact' }] }),
  requestId: Type.Optional(Shown('6f9619ff-8b86-4d01-b42d-00cf4fc964ff')),
})
export type AuditEntry = Static<typeof AuditEntry>

const filters = {
  /** Entries about this person: the person itself, or named by id in the details. */
  personId: Type.Optional(PersonId),
  actorId: Type.Optional(Id),
  username: Type.Optional(Line({ minLength: 2, maxLength: 60 })),
  /** Also the part before the dot: `proposal` for every act on proposals. */
  action: Type.Optional(Line({ maxLength: 60 })),
  objectKind: Type.Optional(Line({ maxLength: 40 })),
  objectId: Type.Optional(Line({ maxLength: 60 })),
  /** Acts of operators of this division and those below it. */
  divisionCode: Type.Optional(DivisionCode),
  from: Type.Optional(Instant),
  until: Type.Optional(Instant),
}

export const AuditQuery = Closed({
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(PageSize),
  ...filters,
})

export const AuditExport = Closed({ purpose: LookupPurpose, ...filters })

/** Public: what an outsider needs to verify seals. `publicKey` is raw Ed25519, base64url. */
export const AuditKeyList = Type.Object({
  keys: Type.Array(
    Type.Object({
      keyId: Type.Integer(),
      publicKey: Shown('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'),
      validFrom: Instant,
    }),
  ),
})

/** The last seal. Hashes are hex, the signature base64url over the text of the seal (docs/architecture.md, "Audit"). */
export const AuditHead = Type.Object({
  format: Type.Literal('jkb-audit-head/1'),
  sequence: Id,
  fromId: Id,
  toId: Id,
  entryCount: Type.Integer(),
  entriesHash: Shown('9f86d081884c7d65'),
  previousHash: Shown('9f86d081884c7d65'),
  sealedAt: Instant,
  keyId: Type.Integer(),
  signature: Shown('3q2-7w'),
  hash: Shown('9f86d081884c7d65'),
})
export type AuditHead = Static<typeof AuditHead>

export const AuditVerification = Type.Object({
  verificationId: Uuid,
  state: OneOf(VERIFICATION_STATES),
  requestedAt: Instant,
  finishedAt: Type.Optional(Instant),
  sealsTotal: Type.Integer(),
  sealsDone: Type.Integer(),
  entriesDone: Type.Integer(),
  problemCount: Type.Integer(),
  /** The first ones; `kind` is worded by clients. */
  problems: Type.Array(
    Type.Object({
      kind: Shown('hash_differs'),
      sequence: Type.Optional(Shown('17')),
      auditId: Type.Optional(Shown('4711')),
      /** Table or kind of what is broken beside the log, its row, and the database's role that wrote it. */
      object: Type.Optional(Shown('finding')),
      rowId: Type.Optional(Shown('4711')),
      by: Type.Optional(Shown('postgres')),
    }),
  ),
})
export type AuditVerification = Static<typeof AuditVerification>

export const AuditStatus = Type.Object({
  /** Absent before the first seal. */
  head: Type.Optional(AuditHead),
  /** Counted up to 100,000. */
  unsealedEntries: Type.Integer(),
  oldestUnsealedAt: Type.Optional(Instant),
  /** The oldest entry has waited for its seal for more than ten minutes: the sealer does not run, or is held up. */
  lagging: Type.Boolean(),
  latestVerification: Type.Optional(AuditVerification),
  lastPassedAt: Type.Optional(Instant),
})
export type AuditStatus = Static<typeof AuditStatus>

export const schemas = {
  listAuditEntries: {
    summary: 'Lists entries of the audit log, newest first',
    query: AuditQuery,
    responses: {
      200: Type.Object({ entries: Type.Array(AuditEntry), nextCursor: Type.Optional(Cursor) }),
    },
  },
  searchAuditPerson: {
    summary: 'Finds a person to read the entries about',
    body: PersonSearch,
    responses: {
      200: Type.Object({
        persons: Type.Array(
          Type.Object({
            personId: PersonId,
            nameMasked: Shown('张*'),
            documentNumberMasked: Shown('110***********0011'),
          }),
        ),
      }),
    },
  },
  /** CSV, streamed, at most 100,000 entries. */
  exportAuditEntries: {
    summary: 'Gives entries of the audit log as CSV',
    body: AuditExport,
    responses: { 200: Csv },
  },
  getAuditStatus: {
    summary: 'Tells how far the log is sealed and verified',
    responses: { 200: AuditStatus },
  },
  verifyAuditLog: {
    summary: 'Begins a verification of the whole log',
    body: Closed({ requestId: RequestId }),
    responses: { 201: AuditVerification },
  },
  listAuditKeys: {
    summary: 'Lists the public keys by which outsiders verify seals',
    responses: { 200: AuditKeyList },
  },
  getAuditHead: {
    summary: 'Gives the last seal, for an outside witness',
    responses: { 200: AuditHead },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
