import { FINDING_END_KINDS } from '@jiankangbao/domain/vocabulary/colours'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Colour,
  FindingId,
  Instant,
  Line,
  Lines,
  NamingLine,
  OneOf,
  PersonId,
  RequestId,
  Shown,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { Proposal } from '../proposal/schemas.ts'
import { CategoryTitle } from '../reasons.ts'
import type { operations } from './operations.ts'

export const about = 'Findings about persons, proposed by one operator and decided by another'

export const FindingCategory = Type.Object({
  category: Shown('close_contact'),
  /** The words of the rules for it, for clients that have none. */
  title: CategoryTitle,
  colours: Type.Array(Colour),
  /** Whether operators may propose it by hand. */
  manual: Type.Boolean(),
  /** Gone from the rules in force: findings of it go on by the rule that they had, and no new ones are made. */
  retired: Type.Boolean(),
  ends: Type.Array(Shown('area_lifted')),
  /** May name a contact (`contactPersonId`), or a `zone`. */
  hangsOnContact: Type.Boolean(),
  awaitsPlace: Type.Boolean(),
  /** How people may end it: `ended` only where it waits for a fact, nothing where the colour is given from outside. */
  endKinds: Type.Array(OneOf(FINDING_END_KINDS)),
})
export type FindingCategory = Static<typeof FindingCategory>

export const FindingProposal = Closed({
  requestId: RequestId,
  personId: PersonId,
  category: Type.String({ pattern: '^[a-z_]{2,40}$', examples: ['close_contact'] }),
  anchorAt: Instant,
  evidence: Lines({
    minLength: 4,
    maxLength: 500,
    description: 'reference to the evidence: document number, report, case number',
  }),
  source: Line({ minLength: 2, maxLength: 100 }),
  /** The person on whom a secondary contact hangs, found like any person. */
  contactPersonId: Type.Optional(PersonId),
  /** Name of the area or control zone; all of one name in the proposer's division can be lifted together. */
  zone: Type.Optional(NamingLine({ minLength: 1, maxLength: 100 })),
  /** Where the person works, as its name is written. */
  workplace: Type.Optional(Line({ minLength: 1, maxLength: 100 })),
})
export type FindingProposal = Static<typeof FindingProposal>

export const FindingEndProposal = Closed({
  requestId: RequestId,
  /** `ended`: discharge, zone lifted, loop ended at `endedAt`; `withdrawn`: it was never right. */
  kind: OneOf(FINDING_END_KINDS),
  endedAt: Type.Optional(Instant),
  evidence: Lines({ minLength: 4, maxLength: 500 }),
})

export const schemas = {
  listFindingCategories: {
    summary: 'Lists the categories of the rules in force',
    responses: {
      200: Type.Object({ rulesetId: Shown('example-2022-03'), categories: Type.Array(FindingCategory) }),
    },
  },
  proposeFinding: {
    summary: 'Proposes a finding about a person',
    body: FindingProposal,
    responses: { 201: Proposal },
  },
  proposeFindingEnd: {
    summary: 'Proposes that a finding ends or was never right',
    params: Closed({ findingId: FindingId }),
    body: FindingEndProposal,
    responses: { 201: Proposal },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
