import type { Clock } from './clock.ts'
import type { Network } from './network.ts'
import type { Pages } from './pages.ts'
import type { Person, Photo } from './person.ts'
import type { Realm } from './realm.ts'

/** What a host's object is made of; one for each start of the program. */
export interface HostParts {
  realm: () => Realm
  clock: Clock
  network: Network
  pages: () => Pages
  person: Person
  /** What outlives the program: texts by key. */
  storage: Map<string, string>
  /** Marks of the host, for example that the person agreed. */
  marks: Set<string>
  files: Map<string, Photo>
  age: 'current' | 'old'
  call: (fn: unknown, self: unknown, ...all: unknown[]) => unknown
  /** Open connections, which end with the program. */
  sockets: Set<{ close: () => void }>
  /** What the phone did that one notices: shaken, brightness, called numbers. */
  noticed: string[]
}

export interface Options {
  success?: unknown
  fail?: unknown
  complete?: unknown
  [name: string]: unknown
}

/** A refusal as the host tells it to `fail`. */
export class Refusal extends Error {
  readonly told: Record<string, unknown>
  constructor(told: Record<string, unknown>) {
    super(JSON.stringify(told))
    this.told = told
  }
}

/** What a program asks of the host is done once the program has come to its end for now. */
export const later = async <T>(work: () => Promise<T> | T): Promise<T> => {
  await new Promise((resolve) => setImmediate(resolve))
  return work()
}

/** Tells an outcome to the options' callbacks, later and as a copy. */
export const tell = (
  { realm, call }: Pick<HostParts, 'realm' | 'call'>,
  options: Options,
  kind: 'success' | 'fail',
  told: Record<string, unknown>,
  keep: Record<string, unknown> = {},
): void => {
  setImmediate(() => {
    const copy = Object.assign(realm().into(told) as object, keep)
    call(options[kind], undefined, copy)
    call(options.complete, undefined, copy)
  })
}

/** Three changes of the connection and the front are told to whoever listens. */
export const createListeners = (call: HostParts['call']) => {
  const listeners = new Map<string, Set<unknown>>()
  const of = (name: string) => {
    const known = listeners.get(name) ?? new Set()
    listeners.set(name, known)
    return known
  }
  return {
    on: (name: string) => (listener: unknown) => void of(name).add(listener),
    off: (name: string) => (listener: unknown) => {
      if (listener === undefined) of(name).clear()
      else of(name).delete(listener)
    },
    tell: (name: string, told?: unknown) => {
      for (const listener of [...of(name)]) call(listener, undefined, told)
    },
  }
}

export type Listeners = ReturnType<typeof createListeners>
