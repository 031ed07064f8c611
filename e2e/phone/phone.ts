import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createAlipay } from './alipay.ts'
import { createClock } from './clock.ts'
import type { HostParts, Listeners } from './host.ts'
import { createNetwork } from './network.ts'
import { createPages, type Opening, type Pages } from './pages.ts'
import { createPerson, type Photo } from './person.ts'
import { createRealm, type Realm } from './realm.ts'
import { createFingers, elements, textOf, withText } from './screen.ts'
import type { Shown } from './templates.ts'
import { createWechat } from './wechat.ts'

export type Platform = 'weapp' | 'alipay'

interface PhoneOptions {
  platform: Platform
  age: 'current' | 'old'
  server: string
}

/** Where the programs were built to find the server. */
const BUILT_FOR = 'http://localhost:8080'
// A library's complaint that changes nothing: Chinese has one plural, and English falls back to "one" and "other".
const PASSED_OVER = /i18next::pluralResolver: No Intl support/
const PATIENCE_MS = 20_000
const LOOK_EVERY_MS = 15

const builtAt = (platform: Platform) =>
  fileURLToPath(new URL(`../../apps/citizen/dist/${platform}`, import.meta.url))

// What a developer's tool needs to open the program at all.
const PROJECT_FILE = { weapp: 'project.config.json', alipay: 'mini.project.json' }

/** A phone with one mini program on it, as it was built. */
export const createPhone = ({ platform, age, server }: PhoneOptions) => {
  const root = builtAt(platform)
  const problems: string[] = []
  const network = createNetwork(BUILT_FOR, server)
  const person = createPerson()
  const storage = new Map<string, string>()
  const marks = new Set<string>()
  const files = new Map<string, Photo>()
  const noticed: string[] = []
  const sockets: HostParts['sockets'] = new Set()
  const fail = (error: unknown) => problems.push(String((error as Error)?.stack ?? error))
  let clock = createClock(fail)
  let realm: Realm | undefined
  let pages: Pages | undefined
  let listeners: Listeners | undefined

  const must = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('the program does not run')
    return thing
  }
  // What the host still has to tell a program that was ended is told to nobody.
  const callOf =
    (isAlive: () => boolean) =>
    (fn: unknown, self: unknown, ...all: unknown[]): unknown => {
      if (typeof fn !== 'function' || !isAlive()) return undefined
      try {
        return fn.apply(self, all)
      } catch (error) {
        fail(error)
        return undefined
      }
    }
  const ahead = () => clock.now() - Date.now()

  const coldStart = (opening: Opening = {}): void => {
    if (!existsSync(`${root}/${PROJECT_FILE[platform]}`))
      throw new Error(`${PROJECT_FILE[platform]} is missing`)
    JSON.parse(readFileSync(`${root}/${PROJECT_FILE[platform]}`, 'utf8'))
    kill()
    const forward = ahead()
    clock = createClock(fail)
    void clock.advance(forward)
    let own: Realm | undefined
    const call = callOf(() => realm === own)
    const mine = createPages({
      root,
      platform,
      realm: () => must(own),
      call,
      onProblem: (problem) => problems.push(problem),
    })
    const parts: HostParts = {
      realm: () => must(own),
      clock,
      network,
      pages: () => mine,
      person,
      storage,
      marks,
      files,
      age,
      call,
      noticed,
      sockets,
    }
    const host = platform === 'weapp' ? createWechat(parts) : createAlipay(parts)
    own = createRealm({
      root,
      clock,
      age,
      globals: { ...mine.globals, ...host.globals, [host.name]: host.object },
      log: (line) => {
        if (!PASSED_OVER.test(line)) problems.push(`console: ${line}`)
      },
    })
    realm = own
    pages = mine
    listeners = host.listeners
    mine.launch(opening)
  }
  const kill = (): void => {
    clock.end()
    for (const socket of sockets) socket.close()
    sockets.clear()
    pages = undefined
    realm = undefined
  }

  const shown = (): Shown[] => must(pages).draw()
  const read = (): string => shown().map(textOf).join('\n')
  const until = async <T>(look: () => T | undefined | false, what: string): Promise<T> => {
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      const found = look()
      if (found !== undefined && found !== false) return found as T
      if (Date.now() > deadline)
        throw new Error(
          `${what} did not come. On the screen (${must(pages).path()}):\n${read()}\nProblems:\n${problems.join('\n')}`,
        )
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    }
  }
  const fingers = () => createFingers({ realm: () => must(realm), call: callOf(() => true), clock })
  const byId = (id: string) => elements(shown()).find((each) => each.attributes.id === id)

  return {
    platform,
    age,
    network,
    person,
    storage,
    noticed,
    problems,
    coldStart,
    kill,
    /** To the background and back, the way a scanned code or the list of programs does it. */
    warmStart: (opening: Opening = {}): void => {
      must(pages).hide()
      must(listeners).tell('hide')
      const query = opening.query ?? {}
      const told = {
        ...opening,
        path: opening.path ?? must(pages).path(),
        ...(platform === 'weapp' || opening.query ? { query } : {}),
      }
      must(pages).show(told)
      // WeChat opens the page of a scanned link anew; Alipay tells the app alone.
      if (platform === 'weapp' && opening.query && opening.path) {
        const search = Object.entries(opening.query).map(([name, value]) => `${name}=${value}`)
        setImmediate(() => must(pages).goTo('reLaunch', `/${opening.path}?${search.join('&')}`))
      }
      must(listeners).tell('show', must(realm).into(told))
    },
    /** The way back in the bar that the host draws. */
    back: (): void => must(pages).back(1),
    /** The network goes or comes. */
    setOffline: (offline: boolean): void => {
      network.offline = offline
      if (offline) for (const socket of sockets) socket.close()
      must(listeners).tell(
        'network',
        must(realm).into({ isConnected: !offline, networkType: offline ? 'none' : 'wifi' }),
      )
    },
    advance: (ms: number) => clock.advance(ms),
    path: () => must(pages).path(),
    depth: () => must(pages).depth(),
    shown,
    read,
    until,
    byId,
    /** Waits until a text is on the screen. */
    see: (text: string | RegExp): Promise<true> =>
      until(
        () => (typeof text === 'string' ? read().includes(text) : text.test(read())) || undefined,
        String(text),
      ) as Promise<true>,
    /** Waits for a screen. */
    at: (screen: string): Promise<true> =>
      until(
        () => must(pages).path() === `pages/${screen}/index` || undefined,
        `the screen ${screen}`,
      ) as Promise<true>,
    /** Waits for something with this text that can be tapped, and taps it. */
    tap: async (text: string | RegExp): Promise<void> => {
      await until(() => {
        const found = withText(shown(), text)
        return found.reverse().some((each) => fingers().tap(each)) || undefined
      }, `something to tap: ${text}`)
      await clock.settle()
    },
    /** Types into the field with this id once it is there. */
    type: async (id: string, text: string): Promise<void> => {
      fingers().type(await until(() => byId(id), `the field ${id}`), text)
      await until(() => byId(id)?.attributes.value === text || undefined, `${text} in the field ${id}`)
    },
  }
}

export type Phone = ReturnType<typeof createPhone>
