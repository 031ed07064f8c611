import type { VisitResult } from '@jiankangbao/contracts/visit/schemas'
import { useEffect, useRef } from 'react'
import { api } from '../session/api.ts'
import type { AnswerGroup } from './answers.ts'

const ASK_EVERY_MS = 5000

const waits = ({ recorded }: AnswerGroup): boolean =>
  !recorded.late && recorded.visits.some(({ reasons }) => reasons.includes('companion_to_confirm'))

/** Asks what companions say on their phones, as long as the result is looked at and somebody has not answered. */
export const useCompanionAnswers = (
  groups: readonly AnswerGroup[],
  isFresh: boolean,
  onAnswers: (scanId: string, visits: VisitResult[]) => void,
): void => {
  const tell = useRef(onAnswers)
  tell.current = onAnswers
  const scanIds = groups
    .filter(waits)
    .map(({ scanId }) => scanId)
    .join()
  useEffect(() => {
    if (!isFresh || scanIds === '') return
    const timer = setInterval(() => {
      for (const scanId of scanIds.split(','))
        api.call('listCompanionAnswers', { params: { scanId } }).then(
          ({ visits }) => visits.length > 0 && tell.current(scanId, visits),
          // The next turn asks again.
          () => undefined,
        )
    }, ASK_EVERY_MS)
    return () => clearInterval(timer)
  }, [scanIds, isFresh])
}
