import type { Roster } from '@jiankangbao/contracts/round/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { documentKey } from '../../../keys/field-encryption.ts'
import type { Parts } from '../../../parts.ts'
import { findCityDivision } from '../../city/place/place.service.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './roster.queries.ts'

const toRoster = (row: queries.RosterRow): Roster => ({
  rosterId: row.roster_id,
  divisionCode: row.division_code,
  divisionName: row.division_name,
  kind: row.kind,
  name: row.name,
  ...(row.post === null ? {} : { post: row.post }),
  people: row.people,
  savedAt: row.saved_at.toISOString(),
})

/** Rosters that communities keep: who lives in a building, who is in a class, ward or workplace, in order. */
export const createRosterService = ({
  pool,
  clock,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'encryption'>) => {
  /** Each person once, in order, and the rows (from 1) that name nobody known or somebody a second time. */
  const readPeople = async (people: Call<'saveRoster'>['body']['people']) => {
    const todayOn = shanghaiDayOf(clock().getTime())
    const indexes = people.map(({ type, number }) => {
      const read = parseDocumentNumber(type, number, { todayOn })
      // A number that can not be is nobody's.
      return encryption.blindIndex('document', documentKey(type, read.ok ? read.number : number, undefined))
    })
    const found = await queries.findPersons(pool, indexes)
    const personIds = [...new Set(found.filter((id) => id !== null))]
    const unknownRows = found.flatMap((id, at) => (id === null || found.indexOf(id) < at ? [at + 1] : []))
    return { personIds, unknownRows }
  }

  /** @throws AppError VALIDATION_FAILED post: `not_allowed` but for a workplace, `not_found` in the rules in force */
  const readPost = async ({ kind, post }: Call<'saveRoster'>['body']): Promise<string | null> => {
    if (post === undefined) return null
    if (kind !== 'workplace') throw fieldError('post', 'not_allowed')
    const { requiredTests = {} } = await getRulesetInForce(pool, clock())
    const rule = Object.hasOwn(requiredTests, post) ? requiredTests[post] : undefined
    if (rule?.who.type !== 'post') throw fieldError('post', 'not_found')
    return post
  }

  return {
    listRosters: async (caller: OperatorCaller) => ({
      rosters: (await queries.listRosters(pool, divisionPrefix(caller.divisionCode))).map(toRoster),
    }),

    /** @throws AppError VALIDATION_FAILED, OUT_OF_DIVISION, REQUEST_ID_REUSED */
    saveRoster: async (caller: OperatorCaller, body: Call<'saveRoster'>['body']) => {
      const divisionCode = (await findCityDivision(pool, body.divisionCode))?.code
      if (divisionCode === undefined) throw fieldError('divisionCode', 'not_found')
      if (!divisionCovers(caller.divisionCode, divisionCode)) throw new AppError('OUT_OF_DIVISION')
      const post = await readPost(body)
      const requestId = body.requestId.toLowerCase()
      const { personIds, unknownRows } = await readPeople(body.people)
      const { operatorId } = caller
      const find = () => queries.findRosterOfRequest(pool, requestId, operatorId)
      const known = await find()
      if (known) return { roster: toRoster(known), unknownRows }
      await inTransaction(pool, async (tx) => {
        const rosterId = await queries.putRoster(tx, {
          divisionCode,
          kind: body.kind,
          name: body.name.trim(),
          personIds,
          by: operatorId,
          at: clock(),
          requestId,
          post,
        })
        await writeAudit(tx, {
          actor: caller,
          action: 'roster.saved',
          objectKind: 'roster',
          objectId: rosterId,
          details: { divisionCode, kind: body.kind, people: personIds.length, ...(post ? { post } : {}) },
        })
      })
      const row = await find()
      if (!row) throw new AppError('REQUEST_ID_REUSED')
      return { roster: toRoster(row), unknownRows }
    },
  }
}

export type RosterService = ReturnType<typeof createRosterService>
