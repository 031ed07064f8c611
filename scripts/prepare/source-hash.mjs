import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { root } from '../project.mjs'

const ignored = new Set(['node_modules', 'dist', '.swc', '.cache', 'coverage', 'test-results'])

/** All files below the given files and directories, without what tools generate; missing ones are skipped. */
export const listFiles = async (paths) => {
  const found = await Promise.all(
    paths.map(async (path) => {
      const kind = await stat(path).catch(() => undefined)
      if (!kind) return []
      if (!kind.isDirectory()) return [path]
      const entries = await readdir(path)
      return listFiles(entries.filter((name) => !ignored.has(name)).map((name) => join(path, name)))
    }),
  )
  return found.flat().sort()
}

/**
 * A hash over names and contents. Contents, not times: a fresh clone or a changed branch has new times on every file.
 * Reading all sources takes a few hundredths of a second.
 */
export const hashSources = async (paths) => {
  const hash = createHash('sha256')
  for (const path of await listFiles(paths)) {
    // Tests are in no bundle, and the pages of the citizen app are made by its build.
    if (/\.test\.tsx?$|\/citizen\/src\/pages\//.test(path)) continue
    hash.update(`${relative(root, path)}\0`).update(await readFile(path))
  }
  return hash.digest('hex')
}
