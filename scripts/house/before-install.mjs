import { dirname, join } from 'node:path'

// Run on a fresh clone, before node_modules is there: they install it.
const first = ['scripts/start.mjs', 'scripts/test.mjs', 'scripts/build.mjs']

/** What is read before the packages are installed takes nothing from them, but by `import()` where it is used. */
export const checkBeforeInstall = async (files, read) => {
  const known = new Set(files)
  const seen = new Set()
  const found = []
  const walk = async (path) => {
    if (seen.has(path) || !known.has(path)) return
    seen.add(path)
    for (const [, from] of (await read(path)).matchAll(/^(?:import|export) (?:[^'\n]* from )?'([^']+)'/gm)) {
      if (from.startsWith('.')) await walk(join(dirname(path), from))
      else if (!from.startsWith('node:')) found.push(`${path}: ${from} is not there yet on a fresh clone`)
    }
  }
  for (const path of first) await walk(path)
  return found
}
