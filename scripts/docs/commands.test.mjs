import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { bundleProgram, inServer } from '../../apps/server/test/bundle.ts'
import { createTestDatabase } from '../../apps/server/test/test-database.ts'
import { ensureTools } from '../prepare/debian-tools.mjs'
import { run } from '../prepare/run.mjs'
import { inProject } from '../project.mjs'

// Somebody who was rung at night types what stands in these pages. So every statement in them is run here on a migrated database,
// every command of ours is one that the program knows with these flags, every other program is asked whether it has
// such a command. What they would do to a machine is shown by the rehearsals, where they were rehearsed.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 900_000 })

const PAGES = ['docs/operations.md', 'deploy/README.md']

let tools
let database
let client
let folder
let usage
let packageScripts
let units
let services

/** What stands in backticks, and the lines of fenced blocks without their remarks. */
const readCommands = async () => {
  const runbooks = (await readdir(inProject('docs/runbooks'))).map((name) => `docs/runbooks/${name}`)
  const found = []
  for (const page of [...PAGES, ...runbooks]) {
    const text = await readFile(inProject(page), 'utf8')
    const blocks = [...text.matchAll(/^ *```\n([\s\S]*?)^ *```$/gm)].flatMap(([, block]) => block.split('\n'))
    const spans = [...text.replace(/^ *```\n[\s\S]*?^ *```$/gm, '').matchAll(/`([^`]+)`/g)].map(
      ([, span]) => span,
    )
    for (const command of [...spans, ...blocks.map((line) => line.replace(/ {2,}#.*$/, ''))])
      found.push({ page, command: command.replace(/\s+/g, ' ').trim() })
  }
  return found
}

const OURS = /^(?:npm run jkb --|(?:\/opt\/[\w.-]+\/)?bin\/jkb|jkb) (.+)$/
const PROGRAMS =
  'systemctl|journalctl|patronictl|pgbackrest|docker|kubectl|openssl|nginx|etcdctl|npm|node|psql|tar|cp|du'

beforeAll(async () => {
  tools = await ensureTools({
    patronictl: 'patroni',
    pgbackrest: 'pgbackrest',
    kubectl: 'kubectl',
    openssl: 'openssl',
    etcdctl: 'etcd-client',
    nginx: 'nginx-light',
  })
  database = await createTestDatabase()
  client = new pg.Client(database.superuserUrl)
  await client.connect()
  await mkdir(inServer('dist'), { recursive: true })
  folder = await mkdtemp(inServer('dist/commands-'))
  const program = await bundleProgram('cli.ts', join(folder, 'cli.js'))
  usage = (await run(process.execPath, [program, 'help'])).output
  packageScripts = JSON.parse(await readFile(inProject('package.json'), 'utf8')).scripts
  units = await readdir(inProject('deploy/systemd'))
  services = (await readFile(inProject('deploy/compose/compose.yml'), 'utf8')).split(/^volumes:/m)[0]
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

/** Undone afterwards, whatever it did. */
const runStatement = async (statement) => {
  await client.query('begin')
  await client.query(statement.replace(/\$1|:'\w+'/g, 'null')).finally(() => client.query('rollback'))
}

const checkOurs = async (words) => {
  const verbs = words.match(/^[a-z]+(?: [a-z][a-z-]*)?/)?.[0]
  const lines = usage.split('\n').filter((line) => `${line.trim()} `.startsWith(`jkb ${verbs} `))
  expect(lines, `${verbs} is in none of: ${usage}`).not.toEqual([])
  for (const flag of words.match(/--[a-z-]+/g) ?? []) expect(lines.join('\n')).toContain(flag)
}

const checkUnit = async (command) => {
  const unit = command.match(/jiankangbao[\w.-]*/)?.[0] ?? ''
  expect(units).toContain(/\.\w+$/.test(unit) ? unit : `${unit}.service`)
}

const checkHelp = async (program, command, args) => {
  const { output } = await run(tools[program], args)
  // Flags may take a value before the verb.
  const verb = command
    .replace(/ --?[\w-]+(?:=(?:'[^']*'|\S+))?/g, '')
    .replace(/ \/\S+/g, '')
    .split(' ')[1]
  expect(output, command).toMatch(new RegExp(`\\b${verb}\\b`))
}

const checkDocker = async (command) => {
  expect(command).toMatch(/^docker compose (build|up|logs|exec|run|ps|down)\b/)
  const named = command.match(/\b(?:logs|exec -u \w+|run --rm --entrypoint \S+) ([\w-]+)/)?.[1]
  if (named) expect(services).toMatch(new RegExp(`^  ${named}:$`, 'm'))
}

const checkNpm = async (command) => {
  const name = command.match(/^npm (?:run )?([\w:-]+)/)?.[1]
  expect(Object.keys(packageScripts)).toContain(name)
}

const WAYS = {
  systemctl: checkUnit,
  journalctl: checkUnit,
  patronictl: (command) => checkHelp('patronictl', command.replace(/ -c \S+/, ''), ['--help']),
  pgbackrest: (command) => checkHelp('pgbackrest', command, ['help']),
  kubectl: (command) => checkHelp('kubectl', command, ['--help']),
  etcdctl: (command) => checkHelp('etcdctl', command, ['--help']),
  openssl: (command) => checkHelp('openssl', command, ['help']),
  nginx: (command) => checkHelp('nginx', command.replace('nginx -t', 'nginx test'), ['-h']),
  docker: checkDocker,
  npm: checkNpm,
}

const PROGRAM = new RegExp(`^(${PROGRAMS})(?: |$)`)
const STATEMENT = /^(select|insert|update|delete|alter|vacuum|drop) .+/
const isCommand = (command) =>
  OURS.test(command) || STATEMENT.test(command) || (PROGRAM.test(command) && command.includes(' '))

const tryCommand = async (command) => {
  if (STATEMENT.test(command)) return runStatement(command)
  const ours = OURS.exec(command)?.[1]
  if (ours) return ours.startsWith('…') ? undefined : checkOurs(ours)
  const inner = /^psql .* -c '([^']+)'/.exec(command)?.[1]
  if (inner) return runStatement(inner)
  return WAYS[PROGRAM.exec(command)?.[1]]?.(command)
}

it('every command of the pages for those who run it is one that works', async () => {
  const commands = (await readCommands()).filter(({ command }) => isCommand(command))
  const wrong = []
  for (const { page, command } of commands)
    await tryCommand(command).catch((error) =>
      wrong.push(`${page}: ${command}\n    ${error.message.split('\n')[0]}`),
    )
  expect(wrong).toEqual([])
  expect(commands.length).toBeGreaterThan(80)
})

it.each([
  'jkb keys rotat data',
  'jkb audit verify --form 5000',
  'npm run jkb -- city creat --profile my-city.json',
  'npm run simulat',
  'systemctl start jiankangbao-job',
  'journalctl -u jiankangbao-backups',
  'patronictl swichover jiankangbao',
  'pgbackrest --stanza=jiankangbao stanza-crate',
  'docker compose logs backups',
  'kubectl rolout restart',
  'openssl x590 -in fullchain.pem',
  'select * from job_runs order by succeded_at',
  `psql "$DATABASE_READ_URL" -c 'select pg_is_in_recover()'`,
])('would see that %s does not', async (command) => {
  expect(isCommand(command)).toBe(true)
  await expect(tryCommand(command)).rejects.toThrow()
})
