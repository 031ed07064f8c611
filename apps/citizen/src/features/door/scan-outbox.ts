import type { VisitRecorded } from '@jiankangbao/contracts/visit/schemas'
import { SCAN_KEPT_MS } from '@jiankangbao/domain/decision/scan-time'
import type { Judgement } from '@jiankangbao/outbox/judge'
import { createOutbox, type Keeping, type Sending } from '@jiankangbao/outbox/outbox'
import type { Shelf } from '@jiankangbao/outbox/shelf'
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

export interface ScanOutboxParts {
  scans: Shelf<KeptScan>
  lost: Shelf<LostScan>
  /** The account signed in; read at every step, because other tabs sign in and out too. */
  owner: () => string | undefined
  /** Sends as `owner` or rejects with 401, never as anybody else. */
  send: (body: Visit, owner: string) => Promise<VisitRecorded>
  judge: (error: unknown) => Judgement
  /** Keeps the answer for whoever opens the scan again. */
  answered: (owner: string, body: Visit, recorded: VisitRecorded) => void
  runExclusive: <T>(name: string, run: () => Promise<T>) => Promise<T>
  now: () => number
}

export const MOST_KEPT = 100

const idOf = (owner: string, requestId: string): string => `${owner}.${requestId}`

/** Whether something is left of a scan without its family members. */
const withoutMembers = ({ memberIds, ...body }: Visit): Visit | undefined =>
  memberIds && (body.self !== false || (body.companions?.length ?? 0) > 0) ? body : undefined

const toLost = ({ owner, body, venueName }: KeptScan, why: string): LostScan => {
  const { requestId, venueCode, scannedAt } = body
  return { owner, requestId, venueCode, scannedAt, ...(venueName === undefined ? {} : { venueName }), why }
}

/** The scans on this phone, each under the account that made it. */
export const createScanOutbox = (parts: ScanOutboxParts) => {
  // Scans that an open screen of this tab is sending itself.
  const inHand = new Set<string>()

  const send = async (scan: KeptScan): Promise<Sending<KeptScan>> => {
    const { owner, body } = scan
    try {
      // The answer is kept first: a page killed in between sends the scan once more, which is harmless.
      parts.answered(owner, body, await parts.send(body, owner))
      return { outcome: 'recorded' }
    } catch (error) {
      const judged = parts.judge(error)
      // A member removed since then must not cost the others their visit.
      const rest = judged.outcome === 'final' && judged.why === 'NOT_FOUND' ? withoutMembers(body) : undefined
      return rest ? { outcome: 'instead', thing: { ...scan, body: rest }, why: 'members_gone' } : judged
    }
  }

  const outbox = createOutbox<KeptScan, LostScan>({
    waiting: parts.scans,
    lost: parts.lost,
    idOf: ({ owner, body }) => idOf(owner, body.requestId),
    madeAt: (scan) => ('body' in scan ? scan.body.scannedAt : scan.scannedAt),
    toLost,
    isOwn: ({ owner }) => owner === parts.owner(),
    isInHand: ({ body }) => inHand.has(body.requestId),
    send,
    most: MOST_KEPT,
    // As long as the server takes a scan. Documents of companions do not stay on the phone any longer either.
    longestMs: SCAN_KEPT_MS,
    runExclusive: parts.runExclusive,
    now: parts.now,
  })
  const { list, flush, expire, listLost } = outbox

  const find = (requestId: string): KeptScan | undefined =>
    list().find((scan) => scan.body.requestId === requestId)

  /** Keeps a scan of whoever is signed in; one that is kept already is written anew, never twice. */
  const keep = (body: Visit, venueName?: string): Keeping => {
    const owner = parts.owner()
    if (owner === undefined) return 'refused'
    return outbox.keep({ owner, body, ...(venueName === undefined ? {} : { venueName }) })
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
    if (scan) outbox.giveUp(scan, why)
  }

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

export type ScanOutbox = ReturnType<typeof createScanOutbox>
