import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { inProject } from '../project.mjs'

const made = []
afterEach(async () => {
  await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
})

/** Which rule refuses an import of which file, by the tool and the rules of `npm run boundaries`. */
const importsRefusedIn = async (files) => {
  const folder = await mkdtemp(join(tmpdir(), 'planted-'))
  made.push(folder)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await symlink(inProject('tsconfig.base.json'), join(folder, 'tsconfig.base.json'))
  const tool = inProject('node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const config = inProject('.dependency-cruiser.cjs')
  const child = spawn(process.execPath, [tool, '--config', config, '--output-type', 'json', 'apps'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  for await (const part of child.stdout) output += part
  const { summary } = JSON.parse(output)
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort()
}

const features = 'apps/server/src/features'

// One run for all of them: the tool takes seconds to begin.
it('the tool refuses what goes against the order of wings, rooms and apps, and nothing else', async () => {
  const broken = await importsRefusedIn({
    [`${features}/doors/visit/visit.ts`]: "import '../../ledger/lookup/lookup.ts'\nexport const visit = 1\n",
    [`${features}/ledger/lookup/lookup.ts`]: 'export const lookup = 1\n',
    [`${features}/ledger/audit/audit.ts`]: "import '../../doors/visit/visit.ts'\nexport const audit = 1\n",
    [`${features}/lists/kinds/kinds.ts`]: "import '../columns/column.ts'\nexport const kinds = 1\n",
    [`${features}/lists/columns/column.ts`]: 'export const column = 1\n',
    [`${features}/lists/effect/moves.ts`]: "import '../kinds/kinds.ts'\nexport const moves = 1\n",
    [`${features}/cellar/room/room.ts`]: 'export const room = 1\n',
    'apps/server/src/main.ts': `import './features/cellar/room/room.ts'\nexport const main = 1\n`,
    'apps/console/src/main.ts': `import '../../server/src/main.ts'\nexport const page = 1\n`,
  })
  expect(broken).toEqual([
    'every-room-has-its-wing: apps/server/src/main.ts',
    'ledger-knows-no-wing-above: apps/server/src/features/ledger/audit/audit.ts',
    'list-rooms-row-2: apps/server/src/features/lists/effect/moves.ts',
    'no-app-imports-app: apps/console/src/main.ts',
  ])
}, 120_000)
