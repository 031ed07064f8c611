import type { VisitRecorded } from '@jiankangbao/contracts/schemas/door'
import type { Visit } from './company.ts'

/** A scan without final answer yet: on this phone from before its first sending until the server has decided. */
export interface KeptScan {
  /** The account that scanned: nobody else ever sends or sees it. */
  owner: string
  body: Visit
  venueName?: string
}

/** A scan that could not be recorded, for the person to know. Holds nobody's documents. */
export interface LostScan {
  owner: string
  requestId: string
  venueCode: string
  scannedAt: string
  venueName?: string
  /** An error code of the server, `too_old`, or `members_gone`: recorded, but without family members since removed. */
  why: string
}

/** Things stored one by one, so that two tabs never overwrite what the other has just kept. */
export interface Shelf<T> {
  all: () => T[]
  /** False where the phone did not store it. */
  put: (id: string, thing: T) => boolean
  remove: (id: string) => void
}

/** `full`: a hundred wait already; `refused`: the phone's storage is full or forbidden. */
export type Keeping = 'stored' | 'full' | 'refused'

export interface OutboxParts {
  scans: Shelf<KeptScan>
  lost: Shelf<LostScan>
  /** The account signed in; read at every step, because other tabs sign in and out too. */
  owner: () => string | undefined
  /** Sends as `owner` or rejects with 401, never as anybody else. */
  send: (body: Visit, owner: string) => Promise<VisitRecorded>
  /**
   * `final`: no later try can mend it; `recorded`: it has been recorded before; `later`: nothing gets through now; `skip`:
   * the others may.
   */
  judge: (error: unknown) => { outcome: 'final'; why: string } | { outcome: 'recorded' | 'later' | 'skip' }
  /** Keeps the answer for whoever opens the scan again. */
  answered: (owner: string, body: Visit, recorded: VisitRecorded) => void
  runExclusive: <T>(name: string, run: () => Promise<T>) => Promise<T>
  now: () => number
}

// The server takes a scan up to 48 hours later. Documents of companions do not stay on the phone any longer either.
const KEPT_MS = 48 * 3_600_000
export const MOST_KEPT = 100

const idOf = (owner: string, requestId: string): string => `${owner}.${requestId}`
const byTime = (one: { scannedAt: string }, other: { scannedAt: string }): number =>
  Date.parse(one.scannedAt) - Date.parse(other.scannedAt)

/** Whether something is left of a scan without its family members. */
const withoutMembers = ({ memberIds, ...body }: Visit): Visit | undefined =>
  memberIds && (body.self !== false || (body.companions?.length ?? 0) > 0) ? body : undefined

/** Scans waiting for a final answer, oldest first. The request id makes a repeat harmless. */
export const createOutbox = (parts: OutboxParts) => {
  // Scans that an open screen of this tab is sending itself.
  const inHand = new Set<string>()

  const lose = ({ owner, body, venueName }: KeptScan, why: string): void => {
    const { requestId, venueCode, scannedAt } = body
    parts.lost.put(idOf(owner, requestId), {
      owner,
      requestId,
      venueCode,
      scannedAt,
      ...(venueName === undefined ? {} : { venueName }),
      why,
    })
  }
  /** Told first, dropped then: killed in between, the scan is only sent once more. */
  const giveUp = (scan: KeptScan, why: string): void => {
    lose(scan, why)
    parts.scans.remove(idOf(scan.owner, scan.body.requestId))
  }

  /** Everybody's scans expire, whoever is signed in. */
  const expire = (): void => {
    for (const scan of parts.scans.all())
      if (!(parts.now() - Date.parse(scan.body.scannedAt) < KEPT_MS)) giveUp(scan, 'too_old')
  }

  const list = (): KeptScan[] => {
    const owner = parts.owner()
    return parts.scans
      .all()
      .filter((scan) => scan.owner === owner)
      .sort((one, other) => byTime(one.body, other.body))
  }
  const listLost = (): LostScan[] => {
    const owner = parts.owner()
    return parts.lost
      .all()
      .filter((scan) => scan.owner === owner)
      .sort(byTime)
  }
  const find = (requestId: string): KeptScan | undefined =>
    list().find((scan) => scan.body.requestId === requestId)

  /** Keeps a scan; one that is kept already is written anew, never twice. Nothing old gives way to something new. */
  const keep = (body: Visit, venueName?: string): Keeping => {
    const owner = parts.owner()
    if (owner === undefined) return 'refused'
    if (!find(body.requestId) && list().length >= MOST_KEPT) return 'full'
    const scan: KeptScan = { owner, body, ...(venueName === undefined ? {} : { venueName }) }
    return parts.scans.put(idOf(owner, body.requestId), scan) ? 'stored' : 'refused'
  }

  /** After an answer that the person sees. */
  const drop = (requestId: string, owner = parts.owner()): void => {
    if (owner === undefined) return
    parts.scans.remove(idOf(owner, requestId))
    parts.lost.remove(idOf(owner, requestId))
  }

  /** After a refusal that nobody saw. */
  const refuse = (requestId: string, why: string): void => {
    const scan = find(requestId)
    if (scan) giveUp(scan, why)
  }

  /** 'on' and 'stop' decide whether the next scan is tried. */
  const sendOne = async (scan: KeptScan): Promise<'on' | 'stop'> => {
    const { owner, body } = scan
    try {
      // The answer is kept first: killed in between, the scan is only sent once more.
      parts.answered(owner, body, await parts.send(body, owner))
      parts.scans.remove(idOf(owner, body.requestId))
      return 'on'
    } catch (error) {
      const judged = parts.judge(error)
      if (judged.outcome === 'recorded') parts.scans.remove(idOf(owner, body.requestId))
      if (judged.outcome !== 'final') return judged.outcome === 'later' ? 'stop' : 'on'
      const rest = judged.why === 'NOT_FOUND' ? withoutMembers(body) : undefined
      if (!rest) {
        giveUp(scan, judged.why)
        return 'on'
      }
      // A member removed since then must not cost the others their visit.
      lose(scan, 'members_gone')
      parts.scans.put(idOf(owner, body.requestId), { ...scan, body: rest })
      return sendOne({ ...scan, body: rest })
    }
  }

  /** Sends the signed-in person's scans one after the other, until nothing gets through. */
  const flush = (): Promise<void> =>
    parts.runExclusive('outbox', async () => {
      expire()
      for (const scan of list()) {
        const { requestId } = scan.body
        // Meanwhile another tab may have sent it, or somebody else may have signed in: `find` sees only their own.
        if (inHand.has(requestId) || !find(requestId)) continue
        if ((await sendOne(scan)) === 'stop') break
      }
    })

  return {
    keep,
    drop,
    refuse,
    find,
    flush,
    expire,
    list,
    listLost,
    dismiss: (requestId: string): void => parts.lost.remove(idOf(parts.owner() ?? '', requestId)),
    /** While a screen sends a scan itself, the outbox of this tab leaves it alone. */
    take: (requestId: string): void => void inHand.add(requestId),
    release: (requestId: string): void => void inHand.delete(requestId),
    /** Whether a scan of anybody on this phone still waits. */
    has: (requestId: string): boolean => parts.scans.all().some((scan) => scan.body.requestId === requestId),
    /** Whether somebody else than the one signed in made this scan and it still waits. */
    isAnothers: (requestId: string): boolean =>
      parts.scans.all().some((scan) => scan.body.requestId === requestId && scan.owner !== parts.owner()),
    /** Scans of anybody on this phone. */
    countAll: (): number => parts.scans.all().length,
  }
}

export type Outbox = ReturnType<typeof createOutbox>
