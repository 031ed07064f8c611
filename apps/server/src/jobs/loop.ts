import type { Parts } from '../parts.ts'
import type { JobName } from './job-names.ts'

/** A job that goes round until it is stopped. */
export interface Loop {
  /** News: the rest there is ends, or the next one does not begin. */
  wake(): void
  /** Cuts rests short and resolves when the round that runs is over. */
  stop(): Promise<void>
}

/** What a round sees of its loop. */
export interface LoopTurn {
  isStopped(): boolean
  /** Resolves after so many milliseconds, or at news, or at the stop. */
  rest(milliseconds: number): Promise<void>
}

interface LoopOptions {
  /** How long to rest after a round, in milliseconds. */
  restMs: number
  /** How long after one that failed; `restMs` by default. */
  backOffMs?: number
  /** Resolves to `'again'` where the next is to begin without a rest. */
  round(turn: LoopTurn): Promise<unknown>
  onError(error: unknown): void
  /** Called after a round that did not throw. */
  onSuccess?(): void
}

/** Starts at once. */
export const startLoop = ({ restMs, backOffMs = restMs, round, onError, onSuccess }: LoopOptions): Loop => {
  let stopped = false
  let woken = false
  let end: () => void = () => {}
  const rest = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => end(), milliseconds)
      end = () => {
        clearTimeout(timer)
        end = () => {}
        woken = false
        resolve()
      }
      if (woken || stopped) end()
    })
  const turn: LoopTurn = { isStopped: () => stopped, rest }

  const run = async () => {
    while (!stopped) {
      try {
        const next = await round(turn)
        onSuccess?.()
        if (next !== 'again') await rest(restMs)
      } catch (error) {
        onError(error)
        await rest(backOffMs)
      }
    }
  }
  const running = run()
  return {
    wake: () => {
      woken = true
      end()
    },
    stop: async () => {
      stopped = true
      end()
      await running
    },
  }
}

/** Several as one to stop. */
export const stopAll = (parts: readonly { stop(): Promise<void> }[]): { stop(): Promise<void> } => ({
  stop: async () => {
    await Promise.all(parts.map((part) => part.stop()))
  },
})

/** The ends of a round as a job of this name: written down, and what failed passed on to its log. */
export const reportAs = (
  { jobs }: Pick<Parts, 'jobs'>,
  job: JobName,
  onError: (error: unknown) => void,
): Pick<LoopOptions, 'onError' | 'onSuccess'> => ({
  onSuccess: () => jobs.succeeded(job),
  onError: (error) => {
    jobs.failed(job, error)
    onError(error)
  },
})
