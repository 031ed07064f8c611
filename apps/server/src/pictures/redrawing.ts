import { Worker } from 'node:worker_threads'
import { BulkheadRejectedError, bulkhead } from 'cockatiel'
import { retryAfterSeconds } from '../http/admission.ts'
import { AppError } from '../http/app-error.ts'
import type { PictureRefusal } from './picture.ts'

export type Redrawn = { ok: true; bytes: Uint8Array } | { ok: false; reason: PictureRefusal }

/** One at a time in each process, so that the door keeps its processors; some more may wait. */
const AT_ONCE = 1
const WAITING = 12
/** The largest picture takes about two seconds on an idle machine. */
const MOST_MS = 20_000
/** The heap of the thread. Pixels are outside it, bounded by the most pixels a picture may have. */
const MOST_HEAP_MB = 64

const busy = (cause?: unknown) => new AppError('BUSY', { retryAfterSeconds: retryAfterSeconds(), cause })

/**
 * Draws pictures anew in threads of their own.
 * @param workerUrl the built thread; beside the built server by default
 */
export const createPictureRedrawing = ({
  workerUrl = new URL('./picture-worker.js', import.meta.url),
  mostMs = MOST_MS,
}: {
  workerUrl?: URL | undefined
  mostMs?: number
} = {}) => {
  const runThread = (bytes: Uint8Array) =>
    new Promise<Redrawn>((resolve, reject) => {
      const worker = new Worker(workerUrl, {
        workerData: bytes,
        resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
      })
      const timer = setTimeout(() => finish(() => reject(busy('a picture took too long'))), mostMs)
      const finish = (settle: () => void) => {
        clearTimeout(timer)
        void worker.terminate()
        settle()
      }
      worker.once('message', (redrawn: Redrawn) => finish(() => resolve(redrawn)))
      worker.once('error', (error: NodeJS.ErrnoException) =>
        finish(() => {
          // A picture that needs more than a thread has is none that anybody has to see.
          if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ ok: false, reason: 'too_many_pixels' })
          else reject(error)
        }),
      )
      worker.once('exit', () =>
        finish(() => reject(new Error('the thread of a picture ended without a word'))),
      )
    })

  const room = bulkhead(AT_ONCE, WAITING)
  return {
    /**
     * A JPEG made of the picture's pixels, or why it is not taken.
     * @throws AppError BUSY where too many wait, or it takes too long
     */
    redraw: async (bytes: Uint8Array): Promise<Redrawn> => {
      try {
        return await room.execute(() => runThread(bytes))
      } catch (error) {
        throw error instanceof BulkheadRejectedError ? busy(error) : error
      }
    },
  }
}

export type PictureRedrawing = ReturnType<typeof createPictureRedrawing>
