import { applyImport } from '../features/import/apply-import.ts'
import { checkImport } from '../features/import/check-import.ts'
import { recountImport } from '../features/import/recount-import.ts'
import { releaseWork, takeWork } from '../features/import/work.queries.ts'
import type { Parts } from '../parts.ts'

const WORK = { checking: checkImport, proposed: recountImport, applying: applyImport }
const POLL_MS = 2_000
const BACK_OFF_MS = 5_000

/** Checks and applies lists, one at a time in this process; several processes share them. */
export const startImportLoop = (parts: Parts) => {
  const { pool, listener, log } = parts
  let stopped = false
  let wake: () => void = () => {}
  listener.on('imports', () => wake())

  const rest = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (stopped) wake()
    })

  const workOnOne = async (): Promise<boolean> => {
    const work = await takeWork(pool)
    if (!work) return false
    try {
      await WORK[work.state](parts, work)
    } catch (error) {
      log.error({ err: error, importId: work.importId }, `${work.state} a list failed`)
      await rest(BACK_OFF_MS)
      await releaseWork(pool, work)
    }
    return true
  }

  const run = async () => {
    while (!stopped) {
      const worked = await workOnOne().catch((error: unknown) => {
        log.warn({ err: error }, 'lists can not be worked on')
        return false
      })
      if (!worked) await rest(POLL_MS)
    }
  }

  const running = run()
  return {
    stop: async () => {
      stopped = true
      wake()
      await running
    },
  }
}
