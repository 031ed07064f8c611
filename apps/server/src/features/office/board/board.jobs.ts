import { reportAs, startLoop } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import { countBoard } from './count-board.ts'

const EVERY_MS = 60_000
/** A moment after the minute is over its last scans are in. */
const AFTER_MS = 3_000

export const startBoardLoop = (parts: Parts) =>
  startLoop({
    restMs: 0,
    backOffMs: 10_000,
    round: async ({ rest }) => {
      await countBoard(parts)
      const now = parts.clock().getTime()
      await rest(EVERY_MS - ((now - AFTER_MS) % EVERY_MS))
    },
    ...reportAs(parts, 'board', (error) => parts.log.error({ err: error }, 'counting for the board failed')),
  })
