import { type Static, Type } from 'typebox'
import {
  CategoryTitle,
  Closed,
  Colour,
  Cursor,
  DivisionCode,
  Id,
  Instant,
  Line,
  PageSize,
  Purpose,
  RequestId,
  Uuid,
} from './atoms.ts'
import { PersonSearch } from './finding.ts'

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
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('running'),
    Type.Literal('passed'),
    Type.Literal('failed'),
    /** It could not be carried out; says nothing about the log. */
    Type.Literal('broken'),
  ]),
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

const decision = {
  proposedAt: Type.Optional(Instant),
  proposedBy: Type.Optional(Type.String({ description: 'organisation' })),
  approvedAt: Type.Optional(Instant),
  approvedBy: Type.Optional(Type.String({ description: 'organisation' })),
}
/** Why a colour changed: the rule it followed and, where people decided it, which offices and when. Names nobody. */
export const CodeReason = Type.Object({
  category: Type.String(),
  title: Type.Optional(CategoryTitle),
  colour: Colour,
  since: Instant,
  until: Type.Optional(Instant),
  condition: Type.Optional(Type.String()),
  appealable: Type.Boolean(),
  ...decision,
})
export type CodeReason = Static<typeof CodeReason>
export const CodeChange = Type.Object({
  kind: Type.Literal('change'),
  eventId: Type.String(),
  at: Instant,
  /** Absent for the first colour. */
  from: Type.Optional(Colour),
  to: Colour,
  /** What set it off; worded by clients. */
  cause: Type.Union([
    Type.Literal('registration'),
    Type.Literal('decision'),
    Type.Literal('test'),
    Type.Literal('time'),
    Type.Literal('declaration'),
    Type.Literal('area'),
    Type.Literal('provincial'),
    Type.Literal('ruleset'),
    Type.Literal('other'),
  ]),
  reasons: Type.Array(CodeReason),
  /** Reasons of the change before that no longer hold. */
  ended: Type.Array(
    Type.Object({ category: Type.String(), title: Type.Optional(CategoryTitle), ...decision }),
  ),
})
export type CodeChange = Static<typeof CodeChange>
export const CodeLookup = Type.Object({
  kind: Type.Literal('lookup'),
  eventId: Type.String(),
  at: Instant,
  by: Type.String({ description: 'organisation' }),
  purpose: Type.String(),
  means: Type.String(),
  place: Type.Optional(Type.String()),
})
export type CodeLookup = Static<typeof CodeLookup>
export const CodeEvent = Type.Union([CodeChange, CodeLookup])
export type CodeEvent = Static<typeof CodeEvent>

export const audit = {
  listAuditEntries: {
    query: AuditQuery,
    responses: {
      200: Type.Object({ entries: Type.Array(AuditEntry), nextCursor: Type.Optional(Cursor) }),
    },
  },
  searchAuditPerson: {
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
  exportAuditEntries: { body: AuditExport, responses: { 200: Type.String() } },
  getAuditStatus: { responses: { 200: AuditStatus } },
  verifyAuditLog: { body: Closed({ requestId: RequestId }), responses: { 201: AuditVerification } },
  listAuditKeys: { responses: { 200: AuditKeyList } },
  getAuditHead: { responses: { 200: AuditHead } },
  listMyCodeEvents: {
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      memberId: Type.Optional(Uuid),
    }),
    responses: {
      200: Type.Object({
        who: Type.String({ description: 'masked name' }),
        colour: Colour,
        events: Type.Array(CodeEvent),
        nextCursor: Type.Optional(Cursor),
      }),
    },
  },
}
