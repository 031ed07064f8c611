import { parentPort, workerData } from 'node:worker_threads'
import { RefusedPicture } from './picture.ts'
import { redraw } from './redraw.ts'
import type { Redrawn } from './redrawing.ts'

// A thread for one picture: its memory goes with it, whatever the picture did to it.

const run = async (): Promise<Redrawn> => {
  try {
    return { ok: true, bytes: await redraw(Buffer.from(workerData as Uint8Array)) }
  } catch (error) {
    if (error instanceof RefusedPicture) return { ok: false, reason: error.reason }
    throw error
  }
}

parentPort?.postMessage(await run())
