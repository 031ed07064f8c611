// What WeChat and Alipay do not draw, or drop without a word. Seen on commit 0b2b29b: distances gone, headings of groups
// empty. A browser shows all of it, so nobody notices on the web.

/** Elements that the citizen app may use: each is drawn by both hosts as what it is. */
const drawn = new Set(
  'a button div form h1 h2 h3 h4 header img input label li main nav ol p section span strong textarea ul'.split(
    ' ',
  ),
)
const isScreen = (path) => /^apps\/citizen\/src\/.*\.tsx$/.test(path) && !/\.(h5|test)\.tsx$/.test(path)
// In browsers only.
const webOnly = new Set(['apps/citizen/src/ui/file-pick.tsx'])

/** @returns problems of one stylesheet or screen */
export const findUndrawn = (path, text) => {
  if (path.endsWith('.css')) {
    const rules = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/"[^"]*"/g, '""')
    const selectors = [...rules.matchAll(/(?:^|[{}])\s*([^{}@;]+)\{/g)].map((match) => match[1].trim())
    return selectors
      .filter((selector) => selector.includes('*'))
      .map((selector) => `${path}: "${selector}": mini programs drop a rule with a universal selector`)
  }
  const used = new Set(
    [...text.matchAll(/<\/([a-z][a-z0-9]*)>|<([a-z][a-z0-9]*)(?=\s[^<>]*\/>)/g)].map((m) => m[1] ?? m[2]),
  )
  return [...used]
    .filter((name) => !drawn.has(name))
    .map((name) => `${path}: <${name}> is not drawn by mini programs; see apps/citizen/src/ui`)
}

/** Styles and elements of the citizen app that mini programs lose. */
export const checkMiniPrograms = async (files, read) => {
  const mine = files.filter(
    (path) => (isScreen(path) && !webOnly.has(path)) || /^apps\/citizen\/src\/.*\.css$/.test(path),
  )
  const found = await Promise.all(mine.map(async (path) => findUndrawn(path, await read(path))))
  return found.flat()
}
