import type { Keeping } from '@jiankangbao/outbox/outbox'
import { say } from '../../words/words.ts'
import { MOST_KEPT } from './scan-outbox.ts'

/** Where a scan without answer is: says "saved" only where it is. */
export const keptText = (keeping: Keeping): string => {
  if (keeping === 'stored') return say('door.kept')
  return keeping === 'full' ? say('door.keptFull', { most: MOST_KEPT }) : say('door.keptNowhere')
}
