import type { HotlineCaller } from '@jiankangbao/contracts/hotline/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { listOneHuman } from '../../colours/facts/standing.queries.ts'
import { listAppealsOfPersons } from '../../measures/appeal/appeal.queries.ts'
import { toOfficeEntry as toAppealEntry } from '../../measures/appeal/appeal-view.ts'
import type { OutsideGiven } from '../../people/person-file/outside.service.ts'
import type { PersonFileService } from '../../people/person-file/person-file.service.ts'
import { listCorrectionsOfPersons } from '../correction/correction.queries.ts'
import { toOfficeCorrection } from '../correction/correction-view.ts'
import { listTicketsOfPersons } from '../ticket/ticket.queries.ts'
import { isVisible, toOfficeEntry } from '../ticket/ticket-view.ts'

/** What a caller is told: all of it read under one purpose, which the person sees. */
export const createHotlineCallerService = ({
  personFiles,
  pool,
  clock,
  encryption,
}: Pick<Parts, 'pool' | 'clock' | 'encryption'> & { personFiles: Pick<PersonFileService, 'getPerson'> }) => ({
  /** @throws AppError NOT_FOUND, OUT_OF_DIVISION, TOO_MANY_REQUESTS */
  getHotlineCaller: async (
    caller: OperatorCaller,
    personId: string,
    asked: OutsideGiven & { purpose: string },
  ): Promise<HotlineCaller> => {
    // First of all: it decides whether the person may be opened, and leaves the look-up.
    const person = await personFiles.getPerson(caller, personId, asked)
    const now = clock()
    const human = await listOneHuman(pool, personId)
    const prefix = divisionPrefix(caller.divisionCode)
    const tickets = await listTicketsOfPersons(pool, human)
    const appeals = await listAppealsOfPersons(pool, human, prefix)
    const corrections = await listCorrectionsOfPersons(pool, now, human)
    return {
      person,
      tickets: tickets
        .filter((row) => isVisible(caller, row))
        .map((row) => toOfficeEntry(encryption, row, now)),
      appeals: appeals.map((row) => toAppealEntry(encryption, caller, row)),
      corrections: corrections.map(toOfficeCorrection),
    }
  },
})
