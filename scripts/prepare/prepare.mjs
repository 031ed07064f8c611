import { checkNode } from '../project.mjs'
import { buildStale, forStart } from './build.mjs'
import { ensureInstalled } from './install.mjs'

/** Brings a fresh clone, or one with changed sources, to where everything can run. */
export const prepare = async (targets = forStart) => {
  checkNode()
  await ensureInstalled()
  await buildStale(targets)
}
