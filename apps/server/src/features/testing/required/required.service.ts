import type { RequiredTest, RequiredTestCount } from '@jiankangbao/contracts/required-test/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { todayOf } from '@jiankangbao/domain/monitoring/follow-up'
import type { RequiredTestRules } from '@jiankangbao/domain/testing/required-test'
import { DAY_MS } from '@jiankangbao/domain/time/shanghai'
import { inTransaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { CitizenCaller, OperatorCaller } from '../../../http/caller.ts'
import { readCursor, toPage } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './required.queries.ts'

const MET_WITHIN_DAYS = 7

const titleOf = (rules: RequiredTestRules, rule: string | null) => {
  const known = rule !== null && Object.hasOwn(rules, rule) ? rules[rule] : undefined
  return known ? { title: known.title } : {}
}

const causeOf = (
  rules: RequiredTestRules,
  row: { rule: string | null; round_name: string | null; single: boolean },
) => ({
  ...(row.rule === null ? {} : { rule: row.rule }),
  ...titleOf(rules, row.rule),
  ...(row.round_name === null ? {} : { roundName: row.round_name }),
  single: row.single,
})

const NOBODY = { open: 0, soon: 0, overdue: 0, proposed: 0, met: 0 }

/** Who of a division has to be tested by when, and how many. */
export const createRequiredTestService = ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>) => {
  const rulesNow = async (now: Date): Promise<RequiredTestRules> =>
    (await getRulesetInForce(pool, now)).requiredTests ?? {}

  const filterOf = (caller: OperatorCaller, asked: string | undefined): queries.RequiredFilter => {
    if (asked !== undefined && !divisionCovers(caller.divisionCode, asked))
      throw new AppError('OUT_OF_DIVISION')
    const now = clock()
    const soon = new Date(todayOf(now.getTime()).ends + DAY_MS)
    return { prefix: divisionPrefix(asked ?? caller.divisionCode), now, soon }
  }

  return {
    /** @throws AppError OUT_OF_DIVISION, VALIDATION_FAILED cursor */
    listRequiredTests: async (caller: OperatorCaller, query: Call<'listRequiredTests'>['query']) => {
      const limit = query.limit ?? 20
      const filter = filterOf(caller, query.divisionCode)
      const only = { view: query.view ?? 'overdue', rule: query.rule ?? null } as const
      const after = readCursor(query.cursor, 'bigint')
      const rules = await rulesNow(filter.now)
      const rows = await inTransaction(pool, async (tx) => {
        const found = await queries.listRequired(tx, filter, only, { after, limit: limit + 1 })
        await writeAudit(tx, {
          actor: caller,
          action: 'required_test.listed',
          objectKind: 'required_test',
          details: { ...only, persons: found.slice(0, limit).map(({ person_id }) => person_id) },
        })
        return found
      })
      const { items, nextCursor } = toPage(rows, limit, (row) => ({
        at: row.due_at.toISOString(),
        id: row.required_test_id,
      }))
      return {
        tests: items.map(
          (row): RequiredTest => ({
            requiredTestId: row.required_test_id,
            nameMasked: row.name_masked,
            ...causeOf(rules, row),
            divisionCode: row.division_code,
            divisionName: row.division_name,
            askedAt: row.asked_at.toISOString(),
            dueAt: row.due_at.toISOString(),
            overdue: row.due_at <= filter.now,
            ...(row.proposal_state ? { proposal: row.proposal_state } : {}),
          }),
        ),
        ...nextCursor,
      }
    },

    /** Rules in force stand there also where they ask nobody. @throws AppError OUT_OF_DIVISION */
    getRequiredTestFigures: async (caller: OperatorCaller, divisionCode: string | undefined) => {
      const filter = filterOf(caller, divisionCode)
      const since = new Date(filter.now.getTime() - MET_WITHIN_DAYS * DAY_MS)
      const [rules, rows] = await Promise.all([
        rulesNow(filter.now),
        queries.countRequired(pool, filter, since),
      ])
      const ruled = Object.entries(rules).map(
        ([rule, { title, everyDays, kinds, who }]): RequiredTestCount => {
          const { open, soon, overdue, proposed, met } = rows.find((row) => row.rule === rule) ?? NOBODY
          return {
            ...{ rule, title, single: kinds === 'single', everyDays, who: who.type },
            ...(who.type === 'zone' ? { zones: who.zones, part: who.part } : {}),
            ...{ open, soon, overdue, proposed, met },
          }
        },
      )
      const others = rows
        .filter(({ rule }) => rule === null || !Object.hasOwn(rules, rule))
        .map(
          ({ open, soon, overdue, proposed, met, ...row }): RequiredTestCount => ({
            ...causeOf(rules, row),
            ...{ open, soon, overdue, proposed, met },
          }),
        )
      return { counts: [...ruled, ...others] }
    },

    listOwnRequiredTests: async (caller: CitizenCaller) => {
      const now = clock()
      const rules = await rulesNow(now)
      return {
        tests: (await queries.listOwnRequired(pool, caller.accountId)).map((row) => ({
          ...(row.member_id === null ? {} : { memberId: row.member_id }),
          nameMasked: row.name_masked,
          rule: row.rule,
          ...titleOf(rules, row.rule),
          single: row.single,
          dueAt: row.due_at.toISOString(),
          overdue: row.due_at <= now,
        })),
      }
    },
  }
}

export type RequiredTestService = ReturnType<typeof createRequiredTestService>
