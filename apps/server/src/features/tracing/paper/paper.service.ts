import type { Call } from '@jiankangbao/contracts/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import { documentKey } from '../../../keys/field-encryption.ts'
import type { Parts } from '../../../parts.ts'
import { updateCase } from '../case/case.queries.ts'
import { windowOf } from '../case/case-view.ts'
import { changeHeldCase, writeChange } from '../case/held-case.ts'
import { listStays } from '../case/stays.queries.ts'
import * as queries from './paper.queries.ts'

type Body = Call<'addCasePaperPeople'>['body']
type Result = Call<'addCasePaperPeople'>['result']

/** People known only on paper, each list of one stay of a case. They count like a scan there once they are registered. */
export const createPaperService = ({
  pool,
  clock,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'encryption'>) => {
  const readRow = (
    { name, minutes, document: { type, number, country } }: Body['people'][number],
    todayOn: string,
  ): queries.PaperPerson | { reason: string } => {
    const parsed = parseDocumentNumber(type, number, { todayOn })
    if (!parsed.ok) return { reason: parsed.reason }
    return {
      documentIndex: encryption.blindIndex('document', documentKey(parsed.type, parsed.number, country)),
      documentEncrypted: (paperId) =>
        encryption.encrypt(`${parsed.type} ${parsed.number}`, inRow('case_paper_people.document', paperId)),
      nameEncrypted: (paperId) => encryption.encrypt(name, inRow('case_paper_people.name', paperId)),
      minutes,
    }
  }

  return {
    /**
     * Rows that can not be read are named, all others are there; a repeat adds nobody twice.
     * @throws AppError NOT_FOUND (case or stay), STATE_CONFLICT (`changed` meanwhile; not open)
     */
    addCasePaperPeople: async (caller: OperatorCaller, caseId: string, body: Body): Promise<Result> => {
      const now = clock()
      const todayOn = shanghaiDayOf(now.getTime())
      const rows = body.people.map((person) => readRow(person, todayOn))
      const people = rows.filter((row): row is queries.PaperPerson => !('reason' in row))
      const refused = rows.flatMap((row, at) =>
        'reason' in row ? [{ row: at + 1, reason: row.reason }] : [],
      )
      const { version, stayId, evidence } = body
      return changeHeldCase(pool, caller, { caseId, version, now }, async (tx, row) => {
        const stays = await listStays(tx, caseId, windowOf(row, now))
        if (!stays.some((stay) => stay.stay_id === stayId)) throw new AppError('NOT_FOUND')
        const list = { caseId, stayId, evidence, operatorId: caller.operatorId, at: now }
        const added = await queries.insertPaperPeople(tx, list, people)
        const result = {
          sent: body.people.length,
          added: added.length,
          repeated: people.length - added.length,
          unregistered: added.filter(({ registered }) => !registered).length,
          refused,
        }
        if (added.length === 0) return result
        await updateCase(tx, caseId, {})
        const details = { stayId, sent: result.sent, added: result.added, evidence }
        await writeChange(tx, caller, { caseId, at: now, change: 'paper_added', details })
        return result
      })
    },
  }
}

export type PaperService = ReturnType<typeof createPaperService>
