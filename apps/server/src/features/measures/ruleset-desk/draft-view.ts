import type {
  RulesetDraftEntry,
  RulesetDryRun,
  RulesetEntry,
  RulesetState,
} from '@jiankangbao/contracts/ruleset/schemas'
import type { Colour } from '@jiankangbao/domain/status/colour'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { PublishedRow } from '../../colours/rules/published.queries.ts'
import type { DraftRecord } from './draft.queries.ts'

const DRY_RUN_LIFE_MS = 3 * 24 * 3600_000
const COLOURS: Colour[] = ['red', 'yellow', 'none', 'green']

/** The matrix as a list; the key of a count is `from>to`. */
export const toMoves = (counts: Record<string, number>): RulesetDryRun['moves'] =>
  COLOURS.flatMap((from) =>
    COLOURS.map((to) => ({ from, to, persons: counts[`${from}>${to}`] ?? 0 })).filter(
      ({ persons }) => persons > 0,
    ),
  )

/** What the dry run said is no longer what would happen: other rules are in force, or days went by. */
export const isOutdated = (row: DraftRecord, inForce: string, now: Date): boolean =>
  row.run_compared_with !== inForce ||
  (row.run_finished_at !== null && now.getTime() - row.run_finished_at.getTime() > DRY_RUN_LIFE_MS)

const toDryRun = (row: DraftRecord, inForce: string, now: Date): RulesetDryRun | undefined => {
  if (!row.run_started_at || row.run_compared_with === null) return undefined
  return {
    startedAt: row.run_started_at.toISOString(),
    comparedWith: row.run_compared_with,
    done: Number(row.run_done),
    total: Number(row.run_total),
    moves: toMoves(row.run_counts),
    sample: row.run_sample,
    ...(row.run_finished_at ? { finishedAt: row.run_finished_at.toISOString() } : {}),
    outdated: isOutdated(row, inForce, now),
    ...(row.run_failure === null ? {} : { failure: row.run_failure }),
  }
}

/** A draft as the interface gives it in lists. @param inForce id of the ruleset in force */
export const toDraftEntry = (
  caller: OperatorCaller,
  row: DraftRecord,
  inForce: string,
  now: Date,
): RulesetDraftEntry => {
  const { id, version, title } = row.document
  const dryRun = toDryRun(row, inForce, now)
  return {
    draftId: row.draft_id,
    rulesetId: id,
    version,
    title,
    state: row.state,
    createdBy: row.creator_name,
    createdAt: row.created_at.toISOString(),
    mine: row.created_by === caller.operatorId,
    ...(dryRun ? { dryRun } : {}),
    ...(row.effective_from ? { effectiveFrom: row.effective_from.toISOString() } : {}),
    ...(row.proposal_id === null ? {} : { proposalId: row.proposal_id }),
  }
}

const toCallOff = (row: PublishedRow): Pick<RulesetEntry, 'calledOff' | 'callOffProposalId'> => {
  const { called_off_at: at, call_off_id: callOffProposalId } = row
  if (!at) return callOffProposalId ? { callOffProposalId } : {}
  const calledOff = {
    at: at.toISOString(),
    by: row.call_off_decider ?? '',
    proposedBy: row.call_off_proposer ?? '',
    reason: row.call_off_reason ?? '',
  }
  return { calledOff }
}

/** Published rulesets, the latest effective first. */
export const toRulesetEntries = (rows: PublishedRow[], now: Date): RulesetEntry[] => {
  const inForce = rows.find((row) => row.effective_from <= now && !row.called_off_at)
  const stateOf = (row: PublishedRow): RulesetState => {
    if (row.called_off_at) return 'called_off'
    if (row === inForce) return 'in_force'
    return row.effective_from > now ? 'coming' : 'past'
  }
  return rows.map((row) => ({
    rulesetId: row.ruleset_id,
    version: row.version,
    title: row.title,
    effectiveFrom: row.effective_from.toISOString(),
    state: stateOf(row),
    publishedAt: row.published_at.toISOString(),
    publishedBy: row.published_by,
    ...toCallOff(row),
    ...(row.apply_started_at
      ? {
          application: {
            startedAt: row.apply_started_at.toISOString(),
            done: Number(row.apply_done),
            total: Number(row.apply_total),
            ...(row.applied_at ? { finishedAt: row.applied_at.toISOString() } : {}),
          },
        }
      : {}),
  }))
}
