import { VERIFICATION_STATES } from '@jiankangbao/domain/vocabulary/audit'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Cursor,
  DivisionCode,
  Id,
  Instant,
  Line,
  OneOf,
  PageSize,
  Purpose,
  RequestId,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { PersonSearch } from '../person-file/schemas.ts'
import type { operations } from './operations.ts'

export const AuditEntry = Type.Object({
  auditId: Id,
  at: Instant,
  actorKind: Type.String(),
  actorId: Type.Optional(Type.String()),
  actorName: Type.Optional(Type.String()),
  action: Type.String(),
  objectKind: Type.String(),
  objectId: Type.Optional(Type.String()),
  purpose: Type.Optional(Type.String()),
  details: Type.Record(Type.String(), Type.Unknown()),
  requestId: Type.Optional(Type.String()),
})
export type AuditEntry = Static<typeof AuditEntry>

const filters = {
  /** Entries about this person: the person itself, or named by id in the details. */
  personId: Type.Optional(Id),
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

export const AuditExport = Closed({ purpose: Purpose, ...filters })

/** Public: what an outsider needs to verify seals. `publicKey` is raw Ed25519, base64url. */
export const AuditKeyList = Type.Object({
  keys: Type.Array(Type.Object({ keyId: Type.Integer(), publicKey: Type.String(), validFrom: Instant })),
})

/** The last seal. Hashes are hex, the signature base64url over the text of the seal (docs/architecture.md, "Audit"). */
export const AuditHead = Type.Object({
  format: Type.Literal('jkb-audit-head/1'),
  sequence: Id,
  fromId: Id,
  toId: Id,
  entryCount: Type.Integer(),
  entriesHash: Type.String(),
  previousHash: Type.String(),
  sealedAt: Instant,
  keyId: Type.Integer(),
  signature: Type.String(),
  hash: Type.String(),
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
      kind: Type.String(),
      sequence: Type.Optional(Type.String()),
      auditId: Type.Optional(Type.String()),
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
          Type.Object({ personId: Id, nameMasked: Type.String(), documentNumberMasked: Type.String() }),
        ),
      }),
    },
  },
  /** CSV, streamed, at most 100,000 entries. */
  exportAuditEntries: {
    summary: 'Gives entries of the audit log as CSV',
    body: AuditExport,
    responses: { 200: Type.String() },
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
