import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Realm } from './realm.ts'
import { applySetData } from './set-data.ts'
import { createTemplates, type Owner, resolveUses, type Shown } from './templates.ts'

type Config = Record<string, unknown>
export type Opening = { path?: string; query?: Record<string, string>; scene?: number | string }

interface OpenPage {
  path: string
  instance: Owner
  data: Record<string, unknown>
}

export interface PagesParts {
  root: string
  platform: 'weapp' | 'alipay'
  realm: () => Realm
  call: (fn: unknown, self: unknown, ...all: unknown[]) => unknown
  onProblem: (problem: string) => void
}

/** Both hosts keep ten pages at most on one another. */
const MOST_PAGES = 10

/** The screens of a program: what `App`, `Page` and `Component` register, and the stack of open pages. */
export const createPages = ({ root, platform, realm, call, onProblem }: PagesParts) => {
  const settings = JSON.parse(readFileSync(join(root, 'app.json'), 'utf8')) as { pages: string[] }
  const ending = platform === 'weapp' ? 'wxml' : 'axml'
  const registered = new Map<string, Config>()
  const stack: OpenPage[] = []
  let app: Config | undefined
  let running = ''

  const templates = createTemplates({
    root,
    onProblem,
    component: ({ path, properties }) => {
      if (!registered.has(path)) runFile(path)
      const methods = (registered.get(path)?.methods ?? {}) as Owner
      return { owner: methods, data: properties }
    },
  })

  const runFile = (path: string): void => {
    running = path
    realm().run(`${path}.js`)
  }

  const close = (page: OpenPage): void => {
    call(page.instance.onUnload, page.instance)
  }
  const hideTop = (): void => {
    const top = stack[stack.length - 1]
    if (top) call(top.instance.onHide, top.instance)
  }
  const showTop = (): void => {
    const top = stack[stack.length - 1]
    if (top) call(top.instance.onShow, top.instance)
  }

  const open = (path: string, query: Record<string, string>): void => {
    if (!registered.has(path)) runFile(path)
    const config = registered.get(path)
    if (!config) throw new Error(`${path} registered no page`)
    const data: Record<string, unknown> = JSON.parse(JSON.stringify(config.data ?? {}))
    const instance = realm().into({}) as Owner
    Object.assign(instance, config, {
      data,
      route: path,
      ...(platform === 'weapp'
        ? { __route__: path, options: realm().into(query) }
        : { $viewId: `view-${stack.length}` }),
      setData: (changes: Record<string, unknown>, done?: () => void) => {
        applySetData(data, changes, onProblem)
        if (typeof done === 'function') setImmediate(() => call(done, instance))
      },
    })
    stack.push({ path, instance, data })
    call(instance.onLoad, instance, realm().into(query))
    call(instance.onShow, instance)
    setImmediate(() => {
      if (stack.some((page) => page.instance === instance)) call(instance.onReady, instance)
    })
  }

  const parse = (url: string): { path: string; query: Record<string, string> } => {
    const [address = '', search = ''] = url.split('?')
    const query: Record<string, string> = {}
    for (const pair of search.split('&').filter(Boolean)) {
      const [name = '', value = ''] = pair.split('=')
      // WeChat hands texts over as they stand in the address, Alipay reads them.
      query[name] = platform === 'weapp' ? value : decodeURIComponent(value)
    }
    return { path: address.replace(/^\//, ''), query }
  }

  const goTo = (kind: 'navigateTo' | 'redirectTo' | 'reLaunch', url: string): void => {
    const { path, query } = parse(url)
    if (!settings.pages.includes(path)) throw new Error(`page "${path}" is not found`)
    if (kind === 'navigateTo') {
      if (stack.length >= MOST_PAGES) throw new Error('webview count limit exceed')
      hideTop()
    } else for (const page of stack.splice(kind === 'redirectTo' ? -1 : 0)) close(page)
    open(path, query)
  }

  return {
    globals: {
      App: (config: Config) => {
        app = config
      },
      Page: (config: Config) => void registered.set(running, config),
      Component: (config: Config) => void registered.set(running, config),
      getApp: () => app,
      getCurrentPages: () => {
        const list = realm().into([]) as unknown[]
        for (const { instance } of stack) list.push(instance)
        return list
      },
    },
    /** Begins the program, at a page. */
    launch: ({ path: address = settings.pages[0] ?? '', query = {}, scene }: Opening): void => {
      realm().run('app.js')
      const { path, query: own } = parse(address)
      const told = {
        path,
        scene,
        ...(platform === 'weapp' || Object.keys(query).length > 0 ? { query } : {}),
      }
      call(app?.onLaunch, app, realm().into(told))
      call(app?.onShow, app, realm().into(told))
      // Alipay keeps what a poster says from the pages; what stands in the address of the page is the page's.
      open(path, platform === 'weapp' ? { ...own, ...query } : own)
    },
    show: (told: Opening): void => {
      call(app?.onShow, app, realm().into(told))
      showTop()
    },
    hide: (): void => {
      hideTop()
      call(app?.onHide, app)
    },
    goTo,
    back: (delta: number): void => {
      if (stack.length < 2) throw new Error('cannot navigate back at first page')
      for (const page of stack.splice(-Math.min(delta, stack.length - 1))) close(page)
      showTop()
    },
    depth: () => stack.length,
    /** What lies on the screen now. */
    draw: (): Shown[] => {
      const top = stack[stack.length - 1]
      if (!top) return []
      const config = JSON.parse(readFileSync(join(root, `${top.path}.json`), 'utf8')) as {
        usingComponents?: Record<string, string>
      }
      return templates.draw(
        `${top.path}.${ending}`,
        top.data,
        top.instance,
        resolveUses(top.path, config.usingComponents),
      )
    },
    path: () => stack[stack.length - 1]?.path ?? '',
  }
}

export type Pages = ReturnType<typeof createPages>
