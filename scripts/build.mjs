// Builds what is stale; `--force` builds everything, `--phones` the mini programs too.
import { buildStale, forPhones, forStart } from './prepare/build.mjs'
import { ensureInstalled } from './prepare/install.mjs'
import { printProblem } from './problem.mjs'
import { checkNode } from './project.mjs'

try {
  checkNode()
  await ensureInstalled()
  const targets = process.argv.includes('--phones') ? [...forStart, ...forPhones] : forStart
  await buildStale(targets, { force: process.argv.includes('--force') })
} catch (error) {
  printProblem(error)
  process.exitCode = 1
}
