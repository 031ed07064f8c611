import { CONTACT_GROUPS } from '@jiankangbao/domain/tracing/contacts'
import { ANNOUNCEMENT_AUDIENCES, ANNOUNCEMENT_KINDS } from '@jiankangbao/domain/vocabulary/announcements'
import {
  ALARM_KINDS,
  PROPOSAL_ACTS,
  PROPOSAL_KINDS,
  PROPOSAL_STATES,
  VERDICTS,
} from '@jiankangbao/domain/vocabulary/approval'
import { LOOKUP_NORM_ROLES } from '@jiankangbao/domain/vocabulary/lookups'
import { type Static, Type } from 'typebox'
import {
  CaseId,
  Closed,
  Colour,
  Cursor,
  Flag,
  Id,
  ImportId,
  Instant,
  Lines,
  OneOf,
  PageSize,
  PersonId,
  ProposalId,
  Shown,
  TestId,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'What waits for a second person to decide'

export const ProposalState = OneOf(PROPOSAL_STATES)
export type ProposalState = Static<typeof ProposalState>

/** By what a proposal is large or unusual. */
export const AlarmKind = OneOf(ALARM_KINDS)
export type AlarmKind = Static<typeof AlarmKind>

/** What speaks against a proposal; any of these sends it to headquarters. */
export const ProposalAlarm = Type.Object({
  kind: AlarmKind,
  persons: Type.Integer(),
  of: Type.Optional(Type.Integer()),
  /** Of the venue or workplace that they have in common, or of the division they are in. */
  name: Type.Optional(Shown('示例小区管控区')),
})
export type ProposalAlarm = Static<typeof ProposalAlarm>

/** How many people would go from one colour to another. */
export const ColourMove = Type.Object({ from: Colour, to: Colour, persons: Type.Integer() })
export type ColourMove = Static<typeof ColourMove>

export const ColourImpact = Type.Object({ from: Colour, to: Colour, until: Type.Optional(Instant) })

/** What the caller may do with a proposal now. */
export const ProposalAct = OneOf(PROPOSAL_ACTS)
export type ProposalAct = Static<typeof ProposalAct>

const LookupNormFigures = Type.Object({
  least: Type.Integer(),
  timesUsual: Type.Number(),
  most: Type.Integer(),
  /** Days of one operator in the last four weeks that were more. */
  unusualDays: Type.Integer(),
})

export const Proposal = Type.Object({
  proposalId: ProposalId,
  kind: OneOf(PROPOSAL_KINDS),
  state: ProposalState,
  /** Of proposals about one person. */
  person: Type.Optional(
    Type.Object({
      personId: PersonId,
      nameMasked: Shown('张*'),
      documentNumberMasked: Shown('110***********0011'),
    }),
  ),
  category: Type.Optional(Shown('close_contact')),
  /** Of a finding that a positive result drafted: the result, from which a case can be opened. */
  testId: Type.Optional(TestId),
  anchorAt: Type.Optional(Instant),
  /** Masked name of the person on whom a proposed secondary contact hangs. */
  contact: Type.Optional(Shown('李*')),
  /** Of a zone to be lifted: what it would do. */
  zone: Type.Optional(
    Type.Object({
      zoneId: Id,
      name: Shown('示例小区管控区'),
      divisionName: Shown('示例区'),
      persons: Type.Integer(),
      /** Absent of those decided before it was counted. */
      unregistered: Type.Optional(Type.Integer()),
      moves: Type.Array(ColourMove),
    }),
  ),
  /** Of a case: what is asked about it, and what it would do. Groups and moves are of people. */
  case: Type.Optional(
    Type.Object({
      caseId: CaseId,
      nameMasked: Type.Optional(Shown('李*')),
      persons: Type.Integer(),
      groups: Type.Array(Type.Object({ group: OneOf(CONTACT_GROUPS), persons: Type.Integer() })),
      /** Where, with how many people each; the first twenty. */
      places: Type.Array(Type.Object({ name: Shown('示例商场'), persons: Type.Integer() })),
      moves: Type.Array(ColourMove),
    }),
  ),
  /** Of the area or zone that a proposed finding belongs to. */
  zoneName: Type.Optional(Shown('示例小区管控区')),
  /** Where the person of a proposed finding works. */
  workplace: Type.Optional(Shown('示例食品有限公司')),
  endKind: Type.Optional(Shown('ended')),
  endedAt: Type.Optional(Instant),
  /** Why a list is to be undone. */
  undoReason: Type.Optional(Shown('名单有误')),
  evidence: Shown('协查函 2022-031'),
  source: Shown('区疾控中心'),
  /**
   * What approving does to the colour of the one person: of an open proposal as of now, of a decided one as its decider saw
   * it, of one that ended without a decision as it was made. Absent where that was not kept.
   */
  impact: Type.Optional(ColourImpact),
  /** As its maker saw it. */
  impactWhenProposed: Type.Optional(ColourImpact),
  /** Of a list: what it is and what it would do, as computed when it was checked. */
  import: Type.Optional(
    Type.Object({
      importId: ImportId,
      kind: Shown('findings'),
      fileName: Shown('密接名单.xlsx'),
      rows: Type.Integer(),
      /** Of one to be undone: what something else changed since, and stays. */
      changed: Type.Optional(Type.Integer()),
      /** Of one to be undone: sample numbers that it corrected or withdrew, which do not come back. */
      replaced: Type.Optional(Type.Integer()),
      persons: Type.Integer(),
      unregistered: Type.Integer(),
      moves: Type.Array(ColourMove),
      /** Of a list of areas: whose codes are no place known here, at most fifty. */
      unknownPlaces: Type.Optional(
        Type.Array(Type.Object({ divisionCode: Shown('110101'), name: Shown('示例小区管控区') })),
      ),
      /** When the figures were counted; older than a day they must be counted anew before anybody approves. */
      checkedAt: Type.Optional(Instant),
      recounting: Type.Optional(Type.Boolean()),
    }),
  ),
  /** Of a ruleset: what it is and what it would do, as computed by its dry run. To call it off does nothing to anybody. */
  ruleset: Type.Optional(
    Type.Object({
      draftId: Type.Optional(Id),
      rulesetId: Shown('example-2022-03'),
      effectiveFrom: Instant,
      persons: Type.Integer(),
      moves: Type.Array(ColourMove),
    }),
  ),
  /** Of an announcement: which version of it is to be told, and to how many by text message. */
  announcement: Type.Optional(
    Type.Object({
      announcementId: Id,
      version: Type.Integer(),
      kind: OneOf(ANNOUNCEMENT_KINDS),
      title: Shown('关于来返人员的通告'),
      audience: OneOf(ANNOUNCEMENT_AUDIENCES),
      urgent: Type.Boolean(),
      publishAt: Type.Optional(Instant),
      texts: Type.Optional(Type.Integer()),
    }),
  ),
  /** Of the services of the app: the version, and what it changes of those in force, by their titles. */
  services: Type.Optional(
    Type.Object({
      version: Type.Integer(),
      added: Type.Array(Shown('疫苗接种')),
      removed: Type.Array(Shown('旧服务')),
      changed: Type.Array(Shown('发热门诊')),
    }),
  ),
  /** Of how many look-ups are usual for a role: as it is and as it would be, with how many days would have been alarms. */
  lookupNorm: Type.Optional(
    Type.Object({
      role: OneOf(LOOKUP_NORM_ROLES),
      before: LookupNormFigures,
      after: LookupNormFigures,
    }),
  ),
  /** Of the appeal that it came from: the reason of the decision goes to the citizen. */
  appealId: Type.Optional(Uuid),
  needsHq: Type.Boolean(),
  alarms: Type.Array(ProposalAlarm),
  proposedBy: Shown('李示例'),
  proposedAt: Instant,
  mine: Type.Boolean(),
  allowed: Type.Array(ProposalAct),
  expiresAt: Instant,
  decidedBy: Type.Optional(Shown('王示例')),
  decidedAt: Type.Optional(Instant),
  decisionReason: Type.Optional(Shown('材料齐全')),
})
export type Proposal = Static<typeof Proposal>

export const schemas = {
  listProposals: {
    summary: 'Lists proposals, newest first',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      state: Type.Optional(ProposalState),
      personId: Type.Optional(PersonId),
      alarmed: Type.Optional(Flag),
      mine: Type.Optional(Flag),
    }),
    responses: { 200: Type.Object({ proposals: Type.Array(Proposal), nextCursor: Type.Optional(Cursor) }) },
  },
  getProposal: {
    summary: 'Gives a proposal with what approving it would do',
    params: Closed({ proposalId: ProposalId }),
    responses: { 200: Proposal },
  },
  decideProposal: {
    summary: 'Approves or rejects a proposal of somebody else',
    params: Closed({ proposalId: ProposalId }),
    body: Closed({
      verdict: OneOf(VERDICTS),
      reason: Lines({ minLength: 2, maxLength: 300 }),
    }),
    responses: { 200: Proposal },
  },
  withdrawProposal: {
    summary: 'Withdraws an own proposal',
    params: Closed({ proposalId: ProposalId }),
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: Proposal },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
