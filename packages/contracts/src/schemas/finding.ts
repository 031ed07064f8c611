import { type Static, Type } from 'typebox'
import {
  CategoryTitle,
  Closed,
  Colour,
  CountryCode,
  Cursor,
  DocumentNumber,
  DocumentType,
  Id,
  Instant,
  Line,
  Lines,
  NamingLine,
  PageSize,
  Phone,
  Purpose,
  RequestId,
  StatusReason,
  Uuid,
} from './atoms.ts'

/** Exactly one of `document` and `phone`: people are found by exact match only, never by name or by listing. */
export const PersonSearch = Closed({
  document: Type.Optional(
    Closed({ type: DocumentType, number: DocumentNumber, country: Type.Optional(CountryCode) }),
  ),
  phone: Type.Optional(Phone),
  purpose: Purpose,
})
export const PersonEntry = Type.Object({
  personId: Id,
  nameMasked: Type.String(),
  documentType: DocumentType,
  documentNumberMasked: Type.String(),
  phoneMasked: Type.Optional(Type.String()),
  colour: Colour,
})
export type PersonEntry = Static<typeof PersonEntry>
export const PersonFinding = Type.Object({
  findingId: Id,
  category: Type.String(),
  anchorAt: Instant,
  endedAt: Type.Optional(Instant),
  /** What the list that ended it says of why. */
  endEvidence: Type.Optional(Type.String()),
  /** Of a secondary contact: whose contact, and since when that person is confirmed. */
  contact: Type.Optional(
    Type.Object({ personId: Id, nameMasked: Type.String(), positiveAt: Type.Optional(Instant) }),
  ),
  /** Name of the area or control zone it belongs to. */
  zone: Type.Optional(Type.String()),
  evidence: Type.String(),
  source: Type.String(),
  state: Type.Union([Type.Literal('active'), Type.Literal('withdrawn')]),
  enteredBy: Type.String(),
  approvedBy: Type.String(),
  approvedAt: Instant,
})
export type PersonFinding = Static<typeof PersonFinding>
export const StatusChange = Type.Object({
  at: Instant,
  from: Type.Optional(Colour),
  to: Colour,
  cause: Type.String(),
  categories: Type.Array(Type.String()),
})
export type StatusChange = Static<typeof StatusChange>
export const Person = Type.Object({
  personId: Id,
  nameMasked: Type.String(),
  documentType: DocumentType,
  documentNumberMasked: Type.String(),
  phoneMasked: Type.Optional(Type.String()),
  registeredAt: Instant,
  colour: Colour,
  reasons: Type.Array(StatusReason),
  evaluatedAt: Type.Optional(Instant),
  nextChangeAt: Type.Optional(Instant),
  findings: Type.Array(PersonFinding),
  changes: Type.Array(StatusChange),
})
export type Person = Static<typeof Person>
export const PersonParams = Closed({ personId: Id })
/** The purpose under which the person is opened goes with the request and is logged. */
export const PersonQuery = Closed({ purpose: Purpose })
export const PersonUnmasked = Type.Object({
  name: Type.String(),
  documentNumber: Type.String(),
  phone: Type.Optional(Type.String()),
})
export type PersonUnmasked = Static<typeof PersonUnmasked>

export const FindingCategory = Type.Object({
  category: Type.String(),
  /** The words of the rules for it, for clients that have none. */
  title: CategoryTitle,
  colours: Type.Array(Colour),
  /** Whether operators may propose it by hand. */
  manual: Type.Boolean(),
  /** Gone from the rules in force: findings of it go on by the rule that they had, and no new ones are made. */
  retired: Type.Boolean(),
  ends: Type.Array(Type.String()),
  /** May name a contact (`contactPersonId`), or a `zone`. */
  hangsOnContact: Type.Boolean(),
  awaitsPlace: Type.Boolean(),
  /** How people may end it: `ended` only where it waits for a fact, nothing where the colour is given from outside. */
  endKinds: Type.Array(Type.Union([Type.Literal('ended'), Type.Literal('withdrawn')])),
})
export type FindingCategory = Static<typeof FindingCategory>
export const FindingProposal = Closed({
  requestId: RequestId,
  personId: Id,
  category: Type.String({ pattern: '^[a-z_]{2,40}$' }),
  anchorAt: Instant,
  evidence: Lines({
    minLength: 4,
    maxLength: 500,
    description: 'reference to the evidence: document number, report, case number',
  }),
  source: Line({ minLength: 2, maxLength: 100 }),
  /** The person on whom a secondary contact hangs, found like any person. */
  contactPersonId: Type.Optional(Id),
  /** Name of the area or control zone; all of one name in the proposer's division can be lifted together. */
  zone: Type.Optional(NamingLine({ minLength: 1, maxLength: 100 })),
  /** Where the person works, as its name is written. */
  workplace: Type.Optional(Line({ minLength: 1, maxLength: 100 })),
})
export type FindingProposal = Static<typeof FindingProposal>
export const FindingEndProposal = Closed({
  requestId: RequestId,
  /** `ended`: discharge, zone lifted, loop ended at `endedAt`; `withdrawn`: it was never right. */
  kind: Type.Union([Type.Literal('ended'), Type.Literal('withdrawn')]),
  endedAt: Type.Optional(Instant),
  evidence: Lines({ minLength: 4, maxLength: 500 }),
})
export const ProposalState = Type.Union([
  Type.Literal('open'),
  Type.Literal('approved'),
  Type.Literal('rejected'),
  Type.Literal('expired'),
  Type.Literal('withdrawn'),
])
export type ProposalState = Static<typeof ProposalState>
/** By what a proposal is large or unusual. */
export const AlarmKind = Type.Union([
  Type.Literal('many_persons'),
  Type.Literal('many_better'),
  Type.Literal('many_by_operator'),
  Type.Literal('many_by_division'),
  Type.Literal('shared_venue'),
  Type.Literal('shared_workplace'),
  Type.Literal('category_misfit'),
  Type.Literal('outside_division'),
])
export type AlarmKind = Static<typeof AlarmKind>
/** What speaks against a proposal; any of these sends it to headquarters. */
export const ProposalAlarm = Type.Object({
  kind: AlarmKind,
  persons: Type.Integer(),
  of: Type.Optional(Type.Integer()),
  /** Of the venue or workplace that they have in common, or of the division they are in. */
  name: Type.Optional(Type.String()),
})
export type ProposalAlarm = Static<typeof ProposalAlarm>
/** How many people would go from one colour to another. */
export const ColourMove = Type.Object({ from: Colour, to: Colour, persons: Type.Integer() })
export type ColourMove = Static<typeof ColourMove>
const ColourImpact = Type.Object({ from: Colour, to: Colour, until: Type.Optional(Instant) })
/** What the caller may do with a proposal now. */
export const ProposalAct = Type.Union([
  Type.Literal('approve'),
  Type.Literal('reject'),
  Type.Literal('withdraw'),
])
export type ProposalAct = Static<typeof ProposalAct>
export const Proposal = Type.Object({
  proposalId: Id,
  kind: Type.Union([
    Type.Literal('finding.add'),
    Type.Literal('finding.end'),
    Type.Literal('zone.lift'),
    Type.Literal('import.apply'),
    Type.Literal('import.undo'),
    Type.Literal('ruleset.publish'),
    Type.Literal('ruleset.call_off'),
  ]),
  state: ProposalState,
  /** Of proposals about one person. */
  person: Type.Optional(
    Type.Object({ personId: Id, nameMasked: Type.String(), documentNumberMasked: Type.String() }),
  ),
  category: Type.Optional(Type.String()),
  anchorAt: Type.Optional(Instant),
  /** Masked name of the person on whom a proposed secondary contact hangs. */
  contact: Type.Optional(Type.String()),
  /** Of a zone to be lifted: what it would do. */
  zone: Type.Optional(
    Type.Object({
      zoneId: Id,
      name: Type.String(),
      divisionName: Type.String(),
      persons: Type.Integer(),
      /** Absent of those decided before it was counted. */
      unregistered: Type.Optional(Type.Integer()),
      moves: Type.Array(ColourMove),
    }),
  ),
  /** Of the area or zone that a proposed finding belongs to. */
  zoneName: Type.Optional(Type.String()),
  /** Where the person of a proposed finding works. */
  workplace: Type.Optional(Type.String()),
  endKind: Type.Optional(Type.String()),
  endedAt: Type.Optional(Instant),
  /** Why a list is to be undone. */
  undoReason: Type.Optional(Type.String()),
  evidence: Type.String(),
  source: Type.String(),
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
      importId: Id,
      kind: Type.String(),
      fileName: Type.String(),
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
        Type.Array(Type.Object({ divisionCode: Type.String(), name: Type.String() })),
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
      rulesetId: Type.String(),
      effectiveFrom: Instant,
      persons: Type.Integer(),
      moves: Type.Array(ColourMove),
    }),
  ),
  /** Of the appeal that it came from: the reason of the decision goes to the citizen. */
  appealId: Type.Optional(Uuid),
  needsHq: Type.Boolean(),
  alarms: Type.Array(ProposalAlarm),
  proposedBy: Type.String(),
  proposedAt: Instant,
  mine: Type.Boolean(),
  allowed: Type.Array(ProposalAct),
  expiresAt: Instant,
  decidedBy: Type.Optional(Type.String()),
  decidedAt: Type.Optional(Instant),
  decisionReason: Type.Optional(Type.String()),
})
export type Proposal = Static<typeof Proposal>

export const finding = {
  searchPerson: { body: PersonSearch, responses: { 200: Type.Object({ persons: Type.Array(PersonEntry) }) } },
  getPerson: { params: PersonParams, query: PersonQuery, responses: { 200: Person } },
  unmaskPerson: {
    params: PersonParams,
    body: Closed({ purpose: Purpose }),
    responses: { 200: PersonUnmasked },
  },
  grantPaperCode: {
    params: PersonParams,
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 204: Type.Null() },
  },
  listFindingCategories: {
    responses: { 200: Type.Object({ rulesetId: Type.String(), categories: Type.Array(FindingCategory) }) },
  },
  proposeFinding: { body: FindingProposal, responses: { 201: Proposal } },
  proposeFindingEnd: {
    params: Closed({ findingId: Id }),
    body: FindingEndProposal,
    responses: { 201: Proposal },
  },
  listProposals: {
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      state: Type.Optional(ProposalState),
      personId: Type.Optional(Id),
      alarmed: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
      mine: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
    }),
    responses: { 200: Type.Object({ proposals: Type.Array(Proposal), nextCursor: Type.Optional(Cursor) }) },
  },
  getProposal: { params: Closed({ proposalId: Id }), responses: { 200: Proposal } },
  decideProposal: {
    params: Closed({ proposalId: Id }),
    body: Closed({
      verdict: Type.Union([Type.Literal('approve'), Type.Literal('reject')]),
      reason: Lines({ minLength: 2, maxLength: 300 }),
    }),
    responses: { 200: Proposal },
  },
  withdrawProposal: {
    params: Closed({ proposalId: Id }),
    body: Closed({ reason: Lines({ minLength: 2, maxLength: 300 }) }),
    responses: { 200: Proposal },
  },
}
