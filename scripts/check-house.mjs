// The rules of CONTRIBUTING that no linter knows. Exits with 1 and one line per finding.
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { checkBeforeInstall } from './house/before-install.mjs'
import { checkCity } from './house/city.mjs'
import { checkLockFile, checkOnly, checkSizes } from './house/contents.mjs'
import { checkDecisions } from './house/decisions.mjs'
import { checkDocuments } from './house/documents.mjs'
import { checkJsxDepth } from './house/jsx-depth.mjs'
import { checkLiterals } from './house/literals.mjs'
import { checkMigrations } from './house/migrations.mjs'
import { checkMiniPrograms } from './house/mini-programs.mjs'
import { checkNames } from './house/names.mjs'
import { checkRecipes } from './house/recipes.mjs'
import { checkTableOwners } from './house/table-owners.mjs'
import { checkWritten } from './house/written.mjs'
import { run } from './prepare/run.mjs'
import { listFiles } from './prepare/source-hash.mjs'
import { inProject, root } from './project.mjs'

const listProject = async () => {
  const { code, output } = await run('git', ['ls-files', '-co', '--exclude-standard', '-z']).catch(() => ({
    code: 1,
  }))
  if (code === 0) return output.split('\0').filter(Boolean).sort()
  // A downloaded archive has no repository around it.
  const files = (await listFiles([root])).map((path) => relative(root, path))
  return files.filter((path) => !path.startsWith('data/') && !path.startsWith('.git/'))
}

const texts = new Map()
const read = async (path) => {
  if (!texts.has(path))
    texts.set(
      path,
      readFile(inProject(path), 'utf8').catch(() => ''),
    )
  return texts.get(path)
}

const files = await listProject()
const findings = [
  ...checkNames(files),
  ...(await checkSizes(files, read)),
  ...(await checkOnly(files, read)),
  ...(await checkLockFile(files, read)),
  ...(await checkDocuments(files, read)),
  ...(await checkDecisions(files, read)),
  ...(await checkLiterals(files, read)),
  ...(await checkJsxDepth(files, read)),
  ...(await checkMiniPrograms(files, read)),
  ...(await checkBeforeInstall(files, read)),
  ...(await checkMigrations(files, read)),
  ...(await checkCity(files, read)),
  ...(await checkTableOwners(files, read)),
  ...(await checkWritten(files, read)),
  ...(await checkRecipes(files, read)),
]
for (const finding of findings) console.error(finding)
console.log(`house: ${files.length} files, ${findings.length} findings`)
process.exitCode = findings.length > 0 ? 1 : 0
