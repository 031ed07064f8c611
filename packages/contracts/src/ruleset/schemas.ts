import {
  RULESET_DRAFT_STATES,
  RULESET_STATES,
  RULESET_WARNING_KINDS,
} from '@jiankangbao/domain/vocabulary/rules'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Colour,
  Id,
  Instant,
  Lines,
  OneOf,
  PersonId,
  ProposalId,
  RequestId,
  Shown,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { ColourMove, Proposal } from '../proposal/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Rules by which colours follow from findings, their drafts and dry runs'

/** Unique among published rulesets. */
export const RulesetId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,60}$', examples: ['example-2022-03'] })

/** A ruleset as plain JSON: `Ruleset` of `@jiankangbao/domain/status/ruleset`; checked by its own schema there. */
const Document = Type.Unknown({ description: 'a ruleset document' })

const Title = Type.Object({ zh: Shown('示例规则'), en: Shown('Example rules') })

export const RulesetState = OneOf(RULESET_STATES)
export type RulesetState = Static<typeof RulesetState>

export const RulesetEntry = Type.Object({
  rulesetId: Shown('example-2022-03'),
  version: Type.Integer(),
  title: Title,
  effectiveFrom: Instant,
  state: RulesetState,
  publishedAt: Instant,
  /** Display name of whoever approved it; `installation` for the first. */
  publishedBy: Shown('王示例'),
  /** It never came into force: who asked for that and why, who approved it. */
  calledOff: Type.Optional(
    Type.Object({
      at: Instant,
      by: Shown('王示例'),
      proposedBy: Shown('李示例'),
      reason: Shown('a phase that only tests end needs at least one'),
    }),
  ),
  /** Of a coming one: the open proposal to call it off. */
  callOffProposalId: Type.Optional(ProposalId),
  /** Going through everybody since it came into force: absent before, and for rulesets that never had to. */
  application: Type.Optional(
    Type.Object({
      startedAt: Instant,
      done: Type.Integer(),
      total: Type.Integer(),
      finishedAt: Type.Optional(Instant),
    }),
  ),
})
export type RulesetEntry = Static<typeof RulesetEntry>

/**
 * Where a document is wrong, as a JSON pointer (`/categories/symptom/phases/0/tests`; empty for the whole), and in what
 * way: `SchemaFault` of `@jiankangbao/domain/status/json-schema` with the values it speaks of, and as English words.
 */
export const RulesetError = Type.Object({
  path: Shown('/categories/symptom/phases/0/tests'),
  fault: Shown('needs_test'),
  values: Type.Array(Shown('1')),
  reason: Shown('a phase that only tests end needs at least one'),
})
export type RulesetError = Static<typeof RulesetError>

/**
 * What publishing would do unasked, next to the ruleset in force:
 * `category_in_use_retired`: so many people have a colour by it now, and keep the rule of `rulesetId` until it is over;
 * `category_in_use_changed_kind`: their findings were made for another kind of category;
 * `system_category_missing`: laboratories or the province report it by themselves, and it would count by the rule of before,
 * or as `none` where there is none;
 * `policies_differ`: venues ask for something else from then on.
 */
export const RulesetWarning = Type.Object({
  kind: OneOf(RULESET_WARNING_KINDS),
  category: Type.Optional(Shown('close_contact')),
  /** People with such a finding that stands. */
  persons: Type.Optional(Type.Integer()),
  /** The last ruleset that knew the category. */
  rulesetId: Type.Optional(Shown('example-2022-03')),
})
export type RulesetWarning = Static<typeof RulesetWarning>

/**
 * `draft` → `dry_running` → `dry_run_done` → `proposed` → `published` | `rejected`. A dry run that is cancelled or fails
 * leads back to `draft`, a proposal that runs out to `dry_run_done`; `cancelled` is the end of a draft given up, `called_off`
 * that of one whose ruleset was published and called off before its instant.
 */
export const RulesetDraftState = OneOf(RULESET_DRAFT_STATES)
export type RulesetDraftState = Static<typeof RulesetDraftState>

/** Everybody's colour by the draft as of the dry run, against the colour they have. Changes nobody. */
export const RulesetDryRun = Type.Object({
  startedAt: Instant,
  /** The ruleset in force that it is compared with. */
  comparedWith: Shown('example-2022-02'),
  done: Type.Integer(),
  total: Type.Integer(),
  /** The matrix: also those who keep their colour (`from` = `to`). Grows while it runs. */
  moves: Type.Array(ColourMove),
  /** At most 20 people whose colour would change, at most 4 of each move. */
  sample: Type.Array(Type.Object({ personId: PersonId, from: Colour, to: Colour })),
  finishedAt: Type.Optional(Instant),
  /** Another ruleset came into force, or it is older than three days: run it again before proposing. */
  outdated: Type.Boolean(),
  /** Why the last one ended without a result: `failed`. */
  failure: Type.Optional(Shown('failed')),
})
export type RulesetDryRun = Static<typeof RulesetDryRun>

const draftBasics = {
  draftId: Id,
  rulesetId: Shown('example-2022-03'),
  version: Type.Integer(),
  title: Title,
  state: RulesetDraftState,
  createdBy: Shown('李示例'),
  createdAt: Instant,
  mine: Type.Boolean(),
  dryRun: Type.Optional(RulesetDryRun),
  /** As proposed; before that the document says what its author had in mind. */
  effectiveFrom: Type.Optional(Instant),
  proposalId: Type.Optional(ProposalId),
}

export const RulesetDraftEntry = Type.Object(draftBasics)
export type RulesetDraftEntry = Static<typeof RulesetDraftEntry>

export const RulesetDraft = Type.Object({
  ...draftBasics,
  document: Document,
  /** As of now. */
  warnings: Type.Array(RulesetWarning),
})
export type RulesetDraft = Static<typeof RulesetDraft>

const params = Closed({ draftId: Id })

export const schemas = {
  /** The latest effective first. */
  listRulesets: {
    summary: 'Lists published rulesets, the latest effective first',
    responses: { 200: Type.Object({ rulesets: Type.Array(RulesetEntry) }) },
  },
  getRuleset: {
    summary: 'Gives a published ruleset',
    params: Closed({ rulesetId: RulesetId }),
    responses: { 200: Type.Object({ ruleset: RulesetEntry, document: Document }) },
  },
  /**
   * Proposes that a coming ruleset never comes into force. Approval needs `hq`, and never the proposer; from half a minute before
   * its instant on it is too late (STATE_CONFLICT `effectiveFrom` / `too_late`).
   */
  proposeRulesetCallOff: {
    summary: 'Proposes that a coming ruleset never comes into force',
    params: Closed({ rulesetId: RulesetId }),
    body: Closed({
      requestId: RequestId,
      reason: Lines({
        minLength: 2,
        maxLength: 300,
        description: 'why, with the document that orders it',
      }),
    }),
    responses: { 201: Proposal },
  },
  /** Checks a document and keeps nothing. With errors there are no warnings yet. */
  checkRuleset: {
    summary: 'Checks a ruleset document and keeps nothing',
    body: Closed({ document: Document }),
    responses: {
      200: Type.Object({
        /** At most 200; `errorCount` knows them all. */
        errors: Type.Array(RulesetError),
        errorCount: Type.Integer(),
        warnings: Type.Array(RulesetWarning),
      }),
    },
  },
  /** A document with errors is refused: VALIDATION_FAILED with fields `document/categories/…`. */
  createRulesetDraft: {
    summary: 'Keeps a ruleset document as a draft',
    body: Closed({ requestId: RequestId, document: Document }),
    responses: { 201: RulesetDraft },
  },
  /** The newest 50 first. */
  listRulesetDrafts: {
    summary: 'Lists the newest drafts',
    responses: { 200: Type.Object({ drafts: Type.Array(RulesetDraftEntry) }) },
  },
  getRulesetDraft: {
    summary: 'Gives a draft with its warnings',
    params,
    responses: { 200: RulesetDraft },
  },
  cancelRulesetDraft: {
    summary: 'Gives a draft up',
    params,
    responses: { 200: RulesetDraft },
  },
  /** Begins it, also anew. One that runs goes on as it is. */
  startRulesetDryRun: {
    summary: 'Begins to count what a draft would do to everybody',
    params,
    responses: { 200: RulesetDraft },
  },
  cancelRulesetDryRun: {
    summary: 'Stops a dry run',
    params,
    responses: { 200: RulesetDraft },
  },
  /** Only with a dry run that is done and not outdated. Approval needs `hq`, and never the proposer. */
  proposeRuleset: {
    summary: 'Proposes to publish a draft',
    params,
    body: Closed({
      requestId: RequestId,
      /** Not in the past by more than 5 minutes, at most a year ahead. Approved later than that it applies at once. */
      effectiveFrom: Instant,
      evidence: Lines({ minLength: 4, maxLength: 500, description: 'document that orders the rules' }),
    }),
    responses: { 201: Proposal },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
