import { randomUUID } from 'node:crypto'
import { APPEAL_PICTURE_BYTES } from '@jiankangbao/contracts/appeal/limits'
import type { Appeal, NewAppeal } from '@jiankangbao/contracts/appeal/schemas'
import { findStandingRule } from '@jiankangbao/domain/status/ruleset'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { inTransaction, type Queryable } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { requireRoom, takeFromLimit } from '../../../http/rate-limit.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { findCityDivision } from '../../city/place/place.service.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { listHousehold } from '../../people/member/household.queries.ts'
import * as queries from './appeal.queries.ts'
import { toAppeal, WITHDRAWABLE } from './appeal-view.ts'

// An appeal:  submitted → in_progress → proposed → upheld | refused;  in_progress → answered;  withdrawn by its author
// before anything is proposed. A proposal that runs out undecided takes it back to in_progress.

const A_DAY = 3
const DAY_SECONDS = 24 * 3600
/** Appeals with pictures sent in an hour, also those that were refused: each costs seconds of work. */
const WITH_PICTURES_AN_HOUR = 12
const HOUR_SECONDS = 3600

const isOpenAlready = () => stateConflict('category', 'open_appeal')

/** Appeals of citizens: against a reason of their own colour, or of somebody in their care. */
export const createAppealService = ({
  pool,
  clock,
  encryption,
  pictures: redrawing,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'pictures'>) => {
  const show = async (db: Queryable, rows: queries.AppealRow[]): Promise<Appeal[]> => {
    const steps = await queries.listSteps(
      db,
      rows.map((row) => row.appeal_id),
    )
    const ruleset = await getRulesetInForce(db, clock())
    return rows.map((row) => toAppeal(encryption, row, steps, findStandingRule(ruleset, row.category)?.title))
  }
  const showOne = async (row: queries.AppealRow | undefined): Promise<Appeal> => {
    const [appeal] = row ? await show(pool, [row]) : []
    if (!appeal) throw new AppError('NOT_FOUND')
    return appeal
  }

  const findPerson = async (caller: CitizenCaller, memberId: string | undefined): Promise<string> => {
    const household = await listHousehold(pool, caller.accountId)
    const wanted = memberId?.toLowerCase() ?? null
    const person = household.find(({ member_id }) => member_id === wanted)
    if (person) return person.person_id
    throw wanted ? fieldError('memberId', 'not_a_member') : new AppError('NOT_REGISTERED')
  }

  /** @throws AppError VALIDATION_FAILED where the colour has no such reason now, or it can not be appealed against. */
  const requireReason = async (personId: string, category: string): Promise<void> => {
    const reason = await queries.findReason(pool, personId, category)
    if (!reason) throw fieldError('category', 'not_a_reason')
    if (!reason.appealable) throw fieldError('category', 'not_appealable')
  }

  const readFields = async (body: NewAppeal) => {
    const phone = parsePhone(body.contactPhone)
    if (!phone.ok) throw fieldError('contactPhone', phone.reason)
    const statement = body.statement.trim()
    if (statement.length < 10) throw fieldError('statement', 'too_short')
    const division = await findCityDivision(pool, body.divisionCode)
    if (!division) throw fieldError('divisionCode', 'unknown_division')
    return { statement, phone: phone.phone, divisionCode: division.code }
  }

  /** What costs work comes after everything that can refuse the appeal without it. */
  const redrawPictures = async (
    caller: CitizenCaller,
    pictures: NewAppeal['pictures'],
  ): Promise<Buffer[]> => {
    if (pictures.length === 0) return []
    await requireRoom(pool, `appeal:${caller.accountId}`, A_DAY, DAY_SECONDS)
    await takeFromLimit(pool, `appeal-pictures:${caller.accountId}`, WITH_PICTURES_AN_HOUR, HOUR_SECONDS)
    const drawn: Buffer[] = []
    for (const [at, { content }] of pictures.entries()) {
      const bytes = Buffer.from(content, 'base64')
      if (bytes.length > APPEAL_PICTURE_BYTES) throw fieldError(`pictures.${at}`, 'too_large')
      const redrawn = await redrawing.redraw(bytes)
      if (!redrawn.ok) throw fieldError(`pictures.${at}`, redrawn.reason)
      drawn.push(Buffer.from(redrawn.bytes))
    }
    return drawn
  }

  return {
    /**
     * @throws AppError VALIDATION_FAILED (reason, picture, phone, division), NOT_REGISTERED, TOO_MANY_REQUESTS (three a
     * day), STATE_CONFLICT (an appeal against this reason is open), REQUEST_ID_REUSED, BUSY (too many pictures at once).
     */
    submitAppeal: async (caller: CitizenCaller, body: NewAppeal): Promise<Appeal> => {
      const known = await queries.findAppealOfRequest(pool, caller.accountId, body.requestId)
      if (known && known.category !== body.category) throw new AppError('REQUEST_ID_REUSED')
      if (known) return showOne(known)
      const personId = await findPerson(caller, body.memberId)
      await requireReason(personId, body.category)
      const { category, requestId } = body
      if (await queries.hasOpenAppeal(pool, { personId, category, accountId: caller.accountId, requestId }))
        throw isOpenAlready()
      const { statement, phone, divisionCode } = await readFields(body)
      const pictures = await redrawPictures(caller, body.pictures)
      const at = clock()
      const appealId = randomUUID()
      const made = await inTransaction(pool, async (tx) => {
        const inserted = await queries.insertAppeal(tx, {
          appealId,
          accountId: caller.accountId,
          personId,
          requestId: body.requestId,
          category: body.category,
          statement: encryption.encrypt(statement, inRow('appeals.statement', appealId)),
          contactPhone: encryption.encrypt(phone, inRow('appeals.contact_phone', appealId)),
          divisionCode,
          at,
        })
        if (!inserted) return false
        await takeFromLimit(tx, `appeal:${caller.accountId}`, A_DAY, DAY_SECONDS)
        for (const [index, bytes] of pictures.entries())
          await queries.insertPicture(tx, appealId, {
            number: index + 1,
            mediaType: 'image/jpeg',
            content: encryption.encrypt(
              bytes.toString('base64'),
              inRow('appeal_pictures.content', appealId, index + 1),
            ),
          })
        await queries.insertStep(tx, { appealId, at, step: 'submitted' })
        await writeAudit(tx, {
          actor: caller,
          action: 'appeal.submitted',
          objectKind: 'appeal',
          objectId: appealId,
          details: { personId, category: body.category, pictures: pictures.length },
        })
        return true
      })
      if (made) return showOne(await queries.findAppeal(pool, appealId))
      const repeated = await queries.findAppealOfRequest(pool, caller.accountId, body.requestId)
      if (!repeated) throw isOpenAlready()
      return showOne(repeated)
    },

    listMyAppeals: async (caller: CitizenCaller) => ({
      appeals: await show(pool, await queries.listAppealsOfAccount(pool, caller.accountId)),
    }),

    /** @throws AppError NOT_FOUND, STATE_CONFLICT (proposed, or ended otherwise); withdrawing twice is no error */
    withdrawAppeal: async (caller: CitizenCaller, appealId: string): Promise<Appeal> => {
      await inTransaction(pool, async (tx) => {
        const row = await queries.lockAppeal(tx, appealId)
        if (!row || row.account_id !== caller.accountId) throw new AppError('NOT_FOUND')
        if (row.state === 'withdrawn') return
        if (!WITHDRAWABLE.includes(row.state)) throw stateConflict('state', row.state)
        const at = clock()
        await queries.updateAppeal(tx, appealId, { state: 'withdrawn', endedAt: at })
        await queries.insertStep(tx, { appealId, at, step: 'withdrawn' })
        await writeAudit(tx, {
          actor: caller,
          action: 'appeal.withdrawn',
          objectKind: 'appeal',
          objectId: appealId,
        })
      })
      return showOne(await queries.findAppeal(pool, appealId))
    },
  }
}

export type AppealService = ReturnType<typeof createAppealService>
