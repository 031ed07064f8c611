import { pageOf } from './screens.ts'

interface Route {
  path: string
  /** Fetches the page as the router does; the first thing in the answer says when it is there. */
  load: () => [Promise<unknown>, ...unknown[]]
}

const AFTER_LOAD_MS = 3_000
const neededAtDoors = [pageOf('door'), pageOf('scan')]

/**
 * Fetches the pages of a scan while there is a network: at a door without one they open all the same, and the scan is
 * kept. The routes are Taro's own, so what is fetched is what its router asks for later.
 */
export const warmPages = (): void => {
  setTimeout(() => {
    const { routes } = (window as unknown as { __taroAppConfig: { routes: Route[] } }).__taroAppConfig
    // Without a network they are fetched when they are opened, as any other page.
    for (const { path, load } of routes) if (neededAtDoors.includes(path)) load()[0].catch(() => {})
  }, AFTER_LOAD_MS)
}
