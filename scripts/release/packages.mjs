import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { inProject } from '../project.mjs'

/** Where Node finds the package `name` for the one at `path`: beside it or in a folder further up. */
const resolveFrom = (path, name, packages) => {
  for (let above = path; ; above = above.slice(0, Math.max(0, above.lastIndexOf('/')))) {
    const place = above === '' ? `node_modules/${name}` : `${above}/node_modules/${name}`
    if (packages[place]) return place
    if (above === '') return undefined
  }
}

const peersOf = ({ peerDependencies = {}, peerDependenciesMeta = {} }) =>
  Object.fromEntries(
    Object.entries(peerDependencies).filter(([name]) => !peerDependenciesMeta[name]?.optional),
  )

/**
 * Folders of all packages that the server needs when it runs, as package-lock.json says: its dependencies and theirs. Our
 * own packages are bundled, what those need is not. What belongs to other processors or systems is not installed, so it is not among them.
 * @param {{ workspace?: string, installedOnly?: boolean }} [of] `installedOnly: false`: as the lock file alone says
 * @returns {Promise<string[]>} below the project, `node_modules/pg` for example
 */
export const productionPackages = async ({ workspace = 'apps/server', installedOnly = true } = {}) => {
  const { packages } = JSON.parse(await readFile(inProject('package-lock.json'), 'utf8'))
  const found = new Set()
  const isMissing = (place) => installedOnly && !existsSync(inProject(place))
  const visit = (path) => {
    const { dependencies = {}, optionalDependencies = {} } = packages[path]
    for (const name of Object.keys({
      ...peersOf(packages[path]),
      ...optionalDependencies,
      ...dependencies,
    })) {
      if (name.startsWith('@types/')) continue
      const place = resolveFrom(path, name, packages)
      if (!place || found.has(place)) continue
      if (packages[place].link) {
        // Bundled, while what it takes from npm is not.
        visit(packages[place].resolved)
        continue
      }
      if (isMissing(place)) {
        if (dependencies[name] && !packages[place].optional) throw new Error(`${place} is not installed.`)
        continue
      }
      found.add(place)
      visit(place)
    }
  }
  visit(workspace)
  return [...found].sort()
}
