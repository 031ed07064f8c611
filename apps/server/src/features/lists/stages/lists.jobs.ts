import { reportAs, startLoop } from '../../../jobs/loop.ts'
import type { Parts } from '../../../parts.ts'
import { releaseWork, takeWork } from '../store/work.queries.ts'
import { applyImport } from './apply-import.ts'
import { checkImport } from './check-import.ts'
import { recountImport } from './recount-import.ts'
import { countUndo } from './undo-effect.ts'
import { undoImport } from './undo-import.ts'

const WORK = {
  checking: checkImport,
  proposed: recountImport,
  applying: applyImport,
  applied: countUndo,
  undoing: undoImport,
}
const POLL_MS = 2_000
const BACK_OFF_MS = 5_000

/** Checks, applies and undoes lists, one at a time in this process; several processes share them. */
export const startImportLoop = (parts: Parts) => {
  const { pool, listener, log, jobs } = parts
  const loop = startLoop({
    restMs: POLL_MS,
    round: async ({ rest }) => {
      const work = await takeWork(pool)
      if (!work) return
      try {
        await WORK[work.state](parts, work)
      } catch (error) {
        jobs.failed('lists', error)
        log.error({ err: error, importId: work.importId }, `${work.state} a list failed`)
        await rest(BACK_OFF_MS)
        await releaseWork(pool, work)
      }
      return 'again'
    },
    ...reportAs(parts, 'lists', (error) => log.warn({ err: error }, 'lists can not be worked on')),
  })
  listener.on('imports', loop.wake)
  return loop
}
