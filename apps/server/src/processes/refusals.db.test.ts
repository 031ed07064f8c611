import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundleProgram, inServer } from '../../test/bundle.ts'
import { freePort } from '../../test/database.setup.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'

// What somebody reads whose server does not start.

let database: TestDatabase
let folder: string
let data: string
const occupied = createServer()

beforeAll(async () => {
  await mkdir(inServer('dist'), { recursive: true })
  folder = await mkdtemp(inServer('dist/refusals-'))
  data = await mkdtemp(join(tmpdir(), 'jiankangbao-refusals-'))
  await Promise.all([
    bundleProgram('main.ts', join(folder, 'main.js')),
    bundleProgram('cli.ts', join(folder, 'cli.js')),
  ])
  database = await createTestDatabase()
  occupied.listen(0, '127.0.0.1')
  await once(occupied, 'listening')
})
afterAll(async () => {
  occupied.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
  await rm(data, { recursive: true, force: true })
})

const start = async (program: string, args: string[], environment: Record<string, string | undefined>) => {
  const child = spawn(process.execPath, [join(folder, program), ...args], {
    cwd: inServer('.'),
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database.appUrl,
      MIGRATOR_DATABASE_URL: database.migratorUrl,
      DATA_DIRECTORY: data,
      PORT: String(await freePort()),
      METRICS_PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += String(chunk)
    })
  const [code] = await once(child, 'close')
  return { code, said }
}

const taken = () => String((occupied.address() as AddressInfo).port)

// What was wrong, and words that have to be in what it says: which setting, and what to do about it.
it.each<[string, string, string[], () => Record<string, string | undefined>, RegExp[]]>([
  [
    'without an address of the database',
    'main.js',
    ['serve'],
    () => ({ DATABASE_URL: undefined }),
    [/没有设置 DATABASE_URL/, /docs\/operations\.md/],
  ],
  [
    'with a port that is no number',
    'main.js',
    ['serve'],
    () => ({ PORT: 'eighty' }),
    [/PORT 应为整数.*eighty/],
  ],
  [
    'with a port that somebody has',
    'main.js',
    ['serve'],
    () => ({ PORT: taken() }),
    [/EADDRINUSE/, /choose another with PORT and HOST/],
  ],
  [
    'with a port for figures that somebody has',
    'main.js',
    ['serve'],
    () => ({ METRICS_PORT: taken() }),
    [/EADDRINUSE/, /METRICS_PORT/],
  ],
  [
    'without a database to ask for keys',
    'main.js',
    ['serve'],
    () => ({
      DATABASE_URL: 'postgres://jkb_app@127.0.0.1:1/jiankangbao',
      DATA_DIRECTORY: join(data, 'empty'),
    }),
    [/ECONNREFUSED/, /Check DATABASE_URL/],
  ],
  [
    'with a data directory that can not be made',
    'main.js',
    ['serve'],
    () => ({ DATA_DIRECTORY: '/proc/jiankangbao' }),
    [/无法建立数据目录 \/proc\/jiankangbao（ENOENT）/, /Check DATA_DIRECTORY/],
  ],
  [
    'without the owner, to migrate',
    'cli.js',
    ['db', 'migrate'],
    () => ({ MIGRATOR_DATABASE_URL: undefined }),
    [/MIGRATOR_DATABASE_URL/, /jkb_migrator/],
  ],
  [
    'asked for what there is not',
    'cli.js',
    ['db', 'migrat'],
    () => ({}),
    [/没有这个命令.*db migrat/, /jkb db migrate/],
  ],
])('%s it says so and what to do', async (_what, program, args, environment, words) => {
  const { code, said } = await start(program, args, environment())
  expect(code).not.toBe(0)
  for (const each of words) expect(said).toMatch(each)
})
