import { say } from '../../words/words.ts'
import { type Keeping, MOST_KEPT } from './outbox.ts'

/** Where a scan without answer is: says "saved" only where it is. */
export const keptText = (keeping: Keeping): string => {
  if (keeping === 'stored') return say('door.kept')
  return keeping === 'full' ? say('door.keptFull', { most: MOST_KEPT }) : say('door.keptNowhere')
}
