// `npm run release [-- --out FOLDER]`: builds everything and makes the archive that runs without this source tree.
import { parseArgs } from 'node:util'
import { prepare } from './prepare/prepare.mjs'
import { printProblem } from './problem.mjs'
import { inProject } from './project.mjs'
import { packRelease } from './release/pack.mjs'

try {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  await prepare()
  const { archive, sha256, megabytes } = await packRelease(inProject(values.out ?? 'dist'))
  console.log(`${archive} (${megabytes} MB)\nsha256 ${sha256}`)
} catch (error) {
  printProblem(error)
  process.exitCode = 1
}
