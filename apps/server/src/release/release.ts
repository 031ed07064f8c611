import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Which program this is. */
export interface Release {
  version: string
  /** Of the commit that the archive was made of, seven or more letters; `source` where it runs from the source tree. */
  commit: string
}

const read = (path: string): Partial<Release> & { name?: string } => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

const find = (): Release => {
  for (
    let above = dirname(fileURLToPath(import.meta.url));
    above !== dirname(above);
    above = dirname(above)
  ) {
    const { version, commit } = read(join(above, 'release.json'))
    if (version && commit) return { version, commit }
    const tree = read(join(above, 'package.json'))
    if (tree.name === 'jiankangbao' && tree.version) return { version: tree.version, commit: 'source' }
  }
  return { version: 'unknown', commit: 'unknown' }
}

/** What the archive says of itself (`release.json`), or the source tree. Read once. */
export const release: Release = find()
