// `npm run sbom [-- --out FILE]`: the bill of materials of everything in package-lock.json (CycloneDX 1.5, JSON).
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { printProblem } from './problem.mjs'
import { inProject } from './project.mjs'
import { sbomText } from './release/sbom.mjs'

try {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  const file = inProject(values.out ?? 'dist/sbom.cdx.json')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, await sbomText())
  console.log(file)
} catch (error) {
  printProblem(error)
  process.exitCode = 1
}
