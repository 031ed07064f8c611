import type { DoorAlarm } from '@jiankangbao/contracts/follow-up/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { inTransaction } from '../../../db/pool.ts'
import { AppError, stateConflict } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { readCursor, toPage } from '../../../http/paging.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './alarm.queries.ts'
import { scopeOf } from './scope.ts'

const toAlarm = (row: queries.AlarmRow): DoorAlarm => ({
  alarmId: row.alarm_id,
  followUpId: row.follow_up_id,
  nameMasked: row.name_masked,
  colour: numberToColour(row.colour),
  seenAt: row.seen_at.toISOString(),
  foundAt: row.found_at.toISOString(),
  venueName: row.venue_name,
  pointName: row.point_name,
  ...(row.division_name ? { divisionName: row.division_name } : {}),
  ...(row.answer ? { answer: row.answer } : {}),
  ...(row.answered_at ? { answeredAt: row.answered_at.toISOString() } : {}),
  ...(row.answered_by_name ? { answeredBy: row.answered_by_name } : {}),
})

/** Isolated people seen at doors, for the community that looks after them. */
export const createDoorAlarmService = ({
  pool,
  clock,
  encryption,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'>) => ({
  /** On record with the people on it. */
  listDoorAlarms: async (caller: OperatorCaller, query: Call<'listDoorAlarms'>['query']) => {
    const limit = query.limit ?? 20
    const after = readCursor(query.cursor, 'bigint')
    const scope = scopeOf(config, caller)
    const rows = await queries.listAlarms(pool, scope, query.answered === 'true', { after, limit: limit + 1 })
    const { items, nextCursor } = toPage(rows, limit, (row) => ({
      at: row.seen_at.toISOString(),
      id: row.alarm_id,
    }))
    // A page asks every five seconds: an empty answer shows nobody.
    if (items.length > 0)
      await inTransaction(pool, (tx) =>
        writeAudit(tx, {
          actor: caller,
          action: 'door_alarm.listed',
          objectKind: 'follow_up',
          details: { persons: items.map(({ person_id }) => person_id) },
        }),
      )
    return { alarms: items.map(toAlarm), ...nextCursor }
  },

  /** @throws AppError NOT_FOUND, STATE_CONFLICT (`answered` by somebody else) */
  answerDoorAlarm: async (
    caller: OperatorCaller,
    alarmId: string,
    { requestId, as, note }: Call<'answerDoorAlarm'>['body'],
  ): Promise<DoorAlarm> => {
    const scope = scopeOf(config, caller)
    const row = await queries.findAlarm(pool, scope, alarmId)
    if (!row) throw new AppError('NOT_FOUND')
    await inTransaction(pool, async (tx) => {
      const written = await queries.answerAlarm(tx, alarmId, {
        answer: as,
        operatorId: caller.operatorId,
        requestId,
        at: clock(),
        noteEncrypted:
          note === undefined ? null : encryption.encrypt(note, inRow('door_alarms.note', alarmId)),
      })
      if (written === 'answered') throw stateConflict('alarmId', 'answered')
      if (written === 'repeat') return
      await writeAudit(tx, {
        actor: caller,
        action: 'door_alarm.answered',
        objectKind: 'follow_up',
        objectId: row.follow_up_id,
        details: { alarmId, as, personId: row.person_id, noteLength: note?.length ?? 0 },
      })
    })
    const answered = await queries.findAlarm(pool, scope, alarmId)
    if (!answered) throw new AppError('NOT_FOUND')
    return toAlarm(answered)
  },
})
