import type { VisitRecorded, VisitRequest } from '@jiankangbao/contracts/schemas/door'

/** A scan made without network: kept on this phone until the server has it. */
export interface OutboxEntry {
  body: VisitRequest
  /** Milliseconds on this phone's clock. */
  keptAt: number
}

export interface OutboxParts {
  read: () => OutboxEntry[]
  write: (entries: OutboxEntry[]) => void
  send: (body: VisitRequest) => Promise<VisitRecorded>
  /** True for refusals that a later try cannot mend. */
  isFinal: (error: unknown) => boolean
  runExclusive: <T>(name: string, run: () => Promise<T>) => Promise<T>
  now: () => number
}

// A door scanned yesterday helps nobody trace anything; the phone does not pile up.
const KEPT_MS = 24 * 3_600_000
const MOST_ENTRIES = 30

/** Scans waiting for the network, oldest first. The request id makes a repeat harmless. */
export const createOutbox = (parts: OutboxParts) => {
  const fresh = (): OutboxEntry[] => parts.read().filter((entry) => parts.now() - entry.keptAt < KEPT_MS)

  const drop = (requestId: string) =>
    parts.write(parts.read().filter((entry) => entry.body.requestId !== requestId))

  /** Keeps a scan; one that is kept already stays as it is. */
  const keep = (body: VisitRequest): void => {
    const entries = fresh()
    if (entries.some((entry) => entry.body.requestId === body.requestId)) return
    parts.write([...entries, { body, keptAt: parts.now() }].slice(-MOST_ENTRIES))
  }

  /** Sends what is kept, one after the other, and stops at the first that finds no answer. Tells what was recorded. */
  const flush = (): Promise<{ requestId: string; recorded: VisitRecorded }[]> =>
    parts.runExclusive('outbox', async () => {
      const sent: { requestId: string; recorded: VisitRecorded }[] = []
      parts.write(fresh())
      for (const { body } of parts.read()) {
        try {
          sent.push({ requestId: body.requestId, recorded: await parts.send(body) })
          drop(body.requestId)
        } catch (error) {
          if (!parts.isFinal(error)) break
          drop(body.requestId)
        }
      }
      return sent
    })

  return { keep, drop, flush, count: () => fresh().length }
}
