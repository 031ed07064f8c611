const AFTER_LOAD_MS = 3_000

/**
 * Fetches the pages of a scan while there is a network: at a door without one they open all the same, and the scan is
 * kept. The chunk names are those that the router asks for.
 */
export const warmPages = (): void => {
  setTimeout(() => {
    const pages = [
      import(/* webpackChunkName: "pages/door/index" */ '../pages/door/index.tsx'),
      import(/* webpackChunkName: "pages/scan/index" */ '../pages/scan/index.tsx'),
    ]
    // Without a network they are fetched when they are opened, as any other page.
    Promise.all(pages).catch(() => {})
  }, AFTER_LOAD_MS)
}
