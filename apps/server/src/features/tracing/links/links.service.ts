import type { Call } from '@jiankangbao/contracts/schemas'
import { judgeChain } from '@jiankangbao/domain/tracing/chain'
import { MOST_INCUBATION_DAYS } from '@jiankangbao/domain/tracing/rules'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { insertLookups } from '../../ledger/lookup/lookup.queries.ts'
import * as queries from './links.queries.ts'

/** Of so many cases places and chains are compared: the newest ones. */
const MOST_CASES = 300
const MOST_SOURCES = 100

/** What cases have in common: where they may have caught it, and who had it from whom. Only cases that the caller may open. */
export const createLinksService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  /** Comparing them is looking at each of the people, who can read it. */
  const compare = async (
    tx: Transaction,
    caller: OperatorCaller,
    purpose: string,
  ): Promise<queries.LinkedCaseRow[]> => {
    const cases = await queries.listShownCases(tx, caller.operatorId, MOST_CASES)
    if (cases.length === 0) return cases
    const personIds = [...new Set(cases.map(({ person_id }) => person_id))]
    await insertLookups(tx, {
      personIds,
      at: clock(),
      means: 'tracing',
      purpose,
      operatorId: caller.operatorId,
      organisation: caller.organisation,
    })
    await writeAudit(tx, {
      actor: caller,
      action: 'case.compared',
      objectKind: 'case',
      objectId: cases[0]?.case_id ?? '0',
      purpose,
      details: { persons: personIds, cases: cases.map(({ case_id }) => case_id) },
    })
    return cases
  }

  return {
    listCaseSources: (
      caller: OperatorCaller,
      { purpose, days = MOST_INCUBATION_DAYS }: Call<'listCaseSources'>['query'],
    ): Promise<Call<'listCaseSources'>['result']> =>
      inTransaction(pool, async (tx) => {
        const cases = await compare(tx, caller, purpose)
        const rows = await queries.listSources(tx, cases, days, MOST_SOURCES)
        return {
          cases: cases.length,
          days,
          sources: rows.map((row) => ({
            venueId: String(row.venue_id),
            venueName: row.name,
            venueKind: row.kind,
            divisionName: row.division_name,
            cases: row.cases,
            sameDay: row.same_day,
            caseIds: row.case_ids,
            firstAt: row.first_at.toISOString(),
            lastAt: row.last_at.toISOString(),
          })),
        }
      }),

    getCaseChain: (
      caller: OperatorCaller,
      { purpose }: Call<'getCaseChain'>['query'],
    ): Promise<Call<'getCaseChain'>['result']> =>
      inTransaction(pool, async (tx) => {
        const cases = await compare(tx, caller, purpose)
        const rows = await queries.listLinks(
          tx,
          cases.map(({ case_id }) => case_id),
        )
        const verdicts = judgeChain(
          rows.map((row) => ({
            fromCaseId: row.from_case_id,
            toCaseId: row.to_case_id,
            minutes: row.minutes,
            metAt: row.met_at?.getTime() ?? null,
            toAnchorAt: row.to_anchor_at.getTime(),
          })),
        )
        const linked = new Set(rows.flatMap((row) => [row.from_case_id, row.to_case_id]))
        return {
          // Whoever is linked to nobody would only fill the picture.
          cases: cases
            .filter(({ case_id }) => linked.has(case_id))
            .map((row) => ({
              caseId: row.case_id,
              nameMasked: row.name_masked,
              state: row.state,
              divisionName: row.division_name,
              anchorAt: row.anchor_at.toISOString(),
            })),
          links: rows.map((row, at) => ({
            fromCaseId: row.from_case_id,
            toCaseId: row.to_case_id,
            group: row.contact_group,
            minutes: row.minutes,
            ...(row.met_at ? { metAt: row.met_at.toISOString() } : {}),
            order: verdicts[at]?.order ?? 'undated',
            likeliest: verdicts[at]?.likeliest ?? false,
          })),
        }
      }),
  }
}

export type LinksService = ReturnType<typeof createLinksService>
