import type { Judgement } from './judge.ts'
import type { Shelf } from './shelf.ts'

/** What became of one sending. `instead`: `thing` is sent at once in its place, and the person is told why. */
export type Sending<Thing> = Judgement | { outcome: 'instead'; thing: Thing; why: string }

/** `full`: too many wait already; `refused`: the phone did not store it. */
export type Keeping = 'stored' | 'full' | 'refused'

export interface OutboxParts<Thing, Lost> {
  waiting: Shelf<Thing>
  /** What could not be sent, until the person has seen it. */
  lost: Shelf<Lost>
  /** The id on both shelves. */
  idOf: (thing: Thing) => string
  /** ISO 8601: the oldest is sent first. */
  madeAt: (thing: Thing | Lost) => string
  /** What is told of a thing that is given up: never more than the person has to know. */
  toLost: (thing: Thing, why: string) => Lost
  /** Whether it belongs to whoever is signed in now. Nobody else's is listed or sent. */
  isOwn: (thing: Thing | Lost) => boolean
  /** Whether somebody else, an open screen for example, is sending it right now. */
  isInHand: (thing: Thing) => boolean
  send: (thing: Thing) => Promise<Sending<Thing>>
  /** How many may wait. Nothing old gives way to something new. */
  most: number
  /** After so many milliseconds a thing is given up as `too_old`. */
  longestMs?: number
  /** Lets one tab run at a time. */
  runExclusive: <T>(name: string, run: () => Promise<T>) => Promise<T>
  /** Milliseconds since 1970. */
  now: () => number
}

/**
 * Store and forward: things are on this phone from before their first sending until the server has decided. They are sent
 * oldest first, one at a time. Each carries a request id, which makes a repeat harmless.
 */
export const createOutbox = <Thing, Lost>(parts: OutboxParts<Thing, Lost>) => {
  const { waiting, lost, idOf } = parts
  const ownByTime = <T extends Thing | Lost>(things: T[]): T[] =>
    things
      .filter(parts.isOwn)
      .sort((one, other) => Date.parse(parts.madeAt(one)) - Date.parse(parts.madeAt(other)))
  const list = (): Thing[] => ownByTime(waiting.all())

  /** Keeps a thing; one that is kept already is written anew, never twice. */
  const keep = (thing: Thing): Keeping => {
    const kept = list()
    const isKnown = kept.some((each) => idOf(each) === idOf(thing))
    if (!isKnown && kept.length >= parts.most) return 'full'
    return waiting.put(idOf(thing), thing) ? 'stored' : 'refused'
  }

  /** Drops a thing and tells the person why. A page killed in between sends it once more, which is harmless. */
  const giveUp = (thing: Thing, why: string): void => {
    const told = parts.toLost(thing, why)
    const isTold = lost.put(idOf(thing), told)
    waiting.remove(idOf(thing))
    // A full phone has room for the word only now.
    if (!isTold) lost.put(idOf(thing), told)
  }

  /** Gives up what is too old, whosever it is. */
  const expire = (): void => {
    const { longestMs } = parts
    if (longestMs === undefined) return
    // A time that cannot be read counts as too old as well.
    for (const thing of waiting.all())
      if (!(parts.now() - Date.parse(parts.madeAt(thing)) < longestMs)) giveUp(thing, 'too_old')
  }

  /** Whether the next thing may be tried. */
  const sendOne = async (thing: Thing): Promise<boolean> => {
    const sent = await parts.send(thing)
    if (sent.outcome === 'recorded') waiting.remove(idOf(thing))
    if (sent.outcome === 'final') giveUp(thing, sent.why)
    if (sent.outcome !== 'instead') return sent.outcome !== 'later'
    lost.put(idOf(thing), parts.toLost(thing, sent.why))
    waiting.put(idOf(sent.thing), sent.thing)
    return sendOne(sent.thing)
  }

  /** Sends what waits until nothing gets through. */
  const flush = (): Promise<void> =>
    parts.runExclusive('outbox', async () => {
      expire()
      for (const thing of list()) {
        // Meanwhile another tab may have sent it, a screen taken it, or somebody else signed in.
        if (!waiting.has(idOf(thing)) || !parts.isOwn(thing) || parts.isInHand(thing)) continue
        if (!(await sendOne(thing))) return
      }
    })

  return { keep, list, giveUp, expire, flush, listLost: (): Lost[] => ownByTime(lost.all()) }
}
