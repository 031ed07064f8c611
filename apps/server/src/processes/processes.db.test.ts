import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleProgram } from '../../test/bundle.ts'
import { freePort } from '../../test/database.setup.ts'
import { eventually } from '../../test/eventually.ts'
import { createVenue, registerCitizen, type SignedIn, signInCitizen } from '../../test/factories.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { installJobSchema } from '../db/job-schema.ts'
import { makeKeyFiles, openFileKeyProvider } from '../keys/key-provider.ts'

// The real thing: the server as it is built, two processes on one port, a third for the jobs.

const serverDirectory = fileURLToPath(new URL('../../', import.meta.url))

interface LogLine {
  msg: string
  process?: string
  processId?: number
}

let app: TestApp
let bundleDirectory: string
let dataDirectory: string
let main: string
let child: ChildProcess
let exited: Promise<number | null>
let origin: string
let metricsOrigin: string
const log: LogLine[] = []
let output = ''

const startServer = async (args: string[], environment: Record<string, string> = {}) => {
  const [port, metricsPort] = [await freePort(), await freePort()]
  origin = `http://127.0.0.1:${port}`
  metricsOrigin = `http://127.0.0.1:${metricsPort}`
  log.length = 0
  output = ''
  child = spawn(process.execPath, [main, ...args], {
    cwd: serverDirectory,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: app.database.appUrl,
      DATA_DIRECTORY: dataDirectory,
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      LIMIT_REQUESTS_PER_ADDRESS_PER_MINUTE: '400',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const hear = (chunk: Buffer) => {
    output += chunk.toString()
    const lines = output.split('\n')
    output = lines.pop() ?? ''
    for (const line of lines) log.push(line.startsWith('{') ? (JSON.parse(line) as LogLine) : { msg: line })
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  exited = new Promise((resolve) => child.on('exit', (code) => resolve(code)))
}

const readyProcesses = () => log.filter(({ msg }) => msg === 'process ready')
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Every request on a connection of its own, so that now one and now another process takes it. */
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${origin}${path}`, {
    ...init,
    headers: { ...init.headers, connection: 'close' },
    // A connection taken by a process in the moment it was killed may hear nothing at all.
    signal: AbortSignal.timeout(3000),
  })

const metricValue = (text: string, series: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length),
  )
const readMetrics = async () => {
  const answer = await fetch(`${metricsOrigin}/metrics`, { signal: AbortSignal.timeout(3000) })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('0.0.4')])
  return answer.text()
}

beforeAll(async () => {
  await mkdir(join(serverDirectory, 'dist'), { recursive: true })
  bundleDirectory = await mkdtemp(join(serverDirectory, 'dist/processes-'))
  dataDirectory = await mkdtemp(join(tmpdir(), 'jiankangbao-processes-'))
  makeKeyFiles(dataDirectory)
  ;[main, app] = await Promise.all([
    bundleProgram('main.ts', join(bundleDirectory, 'main.js')),
    startTestApp({ keys: openFileKeyProvider(dataDirectory) }),
  ])
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await app.close()
  await rm(bundleDirectory, { recursive: true, force: true })
  await rm(dataDirectory, { recursive: true, force: true })
})

describe('two processes and one for the jobs', () => {
  let citizen: SignedIn
  let venueCode: string

  const scan = (requestId: string) =>
    ask('/api/v1/visits', {
      method: 'POST',
      headers: { ...citizen.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ requestId, venueCode }),
    })

  beforeAll(async () => {
    citizen = await registerCitizen(app)
    venueCode = (await createVenue(app)).venueCode
    await installJobSchema(app.database.migratorUrl)
    await startServer(['serve', '--workers', '2', '--work'], { DATABASE_CONNECTIONS: '10' })
    const names = () => readyProcesses().map((line) => line.process)
    await eventually(() => expect(names().sort()).toEqual(['1', '2', 'jobs']))
  })

  it('share the port and answer a scan repeated to both of them once', async () => {
    const requestId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => scan(requestId)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201))
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
    const { rows } = await app.parts.pool.query('select 1 from visits')
    expect(rows).toHaveLength(1)
    expect((await ask('/readyz')).status).toBe(200)
  })

  it('give their metrics on an address of its own, and nothing else there; the public port has none', async () => {
    for (const path of ['/metrics', '/metrics?x=1', '/metrics/']) {
      const answer = await ask(path)
      expect([answer.status, await answer.text()]).toEqual([404, expect.not.stringContaining('jkb_')])
    }
    expect((await fetch(`${metricsOrigin}/api/v1/client-config`)).status).toBe(404)
    expect((await fetch(`${metricsOrigin}/metrics`, { method: 'POST' })).status).toBe(404)
  })

  it('give one sum of their metrics and share the connections', async () => {
    const [first, second] = [await readMetrics(), await readMetrics()]
    for (const text of [first, second]) {
      const labels = 'operation="recordVisit",priority="normal",status="201"'
      const hot = labels.replace('normal', 'hot')
      expect(metricValue(text, `jkb_request_seconds_count{${text.includes(hot) ? hot : labels}}`)).toBe(20)
      for (const name of ['1', '2', 'jobs'])
        expect(metricValue(text, `jkb_process_up{process="${name}"}`)).toBe(1)
      expect(metricValue(text, 'jkb_pool_connections{process="1",pool="other",state="most"}')).toBe(5)
      expect(metricValue(text, 'jkb_processes_wanted')).toBe(3)
      expect(metricValue(text, 'jkb_tomorrow_partition')).toBe(1)
    }
  })

  it('refuse a session at both of them as soon as one has ended it', async () => {
    const leaving = await signInCitizen(app)
    const me = () => ask('/api/v1/sessions', { headers: leaving.headers })
    expect((await me()).status).toBe(200)
    expect(
      (await ask('/api/v1/sessions/current', { method: 'DELETE', headers: leaving.headers })).status,
    ).toBe(204)
    await eventually(async () => {
      const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await me()).status))
      expect(statuses).toEqual(Array(8).fill(401))
    })
  })

  it('tell a phone of a change whichever process it is connected to', async () => {
    const phones = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/v1/me/live`)
        const heard: string[] = []
        socket.onmessage = ({ data }) => void heard.push((JSON.parse(String(data)) as { type: string }).type)
        await new Promise((resolve) => {
          socket.onopen = resolve
        })
        socket.send(JSON.stringify({ type: 'auth', accessToken: citizen.accessToken }))
        return { socket, heard }
      }),
    )
    await eventually(() => expect(phones.map(({ heard }) => heard)).toEqual(Array(4).fill(['ready'])))
    await app.parts.pool.query(`select pg_notify('notice', $1::text)`, [citizen.accountId])
    await eventually(() =>
      expect(phones.map(({ heard }) => heard)).toEqual(Array(4).fill(['ready', 'notice'])),
    )
    for (const { socket } of phones) socket.close()
  })

  it('go on when one is killed, start another, and keep what was counted', async () => {
    const before = metricValue(await readMetrics(), 'jkb_visit_batch_size_sum')
    expect(before).toBeGreaterThan(0)
    const victim = readyProcesses().find((line) => line.process === '1')?.processId ?? 0
    const acknowledged: string[] = []
    let scanning = true
    const load = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (scanning) {
          const requestId = randomUUID()
          // Whoever was connected to the killed process gets no answer; a client repeats.
          const answer = await scan(requestId).catch(() => undefined)
          if (answer?.status === 201) acknowledged.push(requestId)
        }
      }),
    )
    await eventually(() => expect(acknowledged.length).toBeGreaterThan(20))
    process.kill(victim, 'SIGKILL')
    const atKill = acknowledged.length
    await eventually(() => expect(readyProcesses()).toHaveLength(4))
    await eventually(() => expect(acknowledged.length).toBeGreaterThan(atKill + 20))
    scanning = false
    await load
    expect(isAlive(victim)).toBe(false)
    const { rows } = await app.parts.pool.query<{ count: string }>('select count(*) from visits')
    // Recorded but not acknowledged is possible, acknowledged but not recorded is not.
    expect(Number(rows[0]?.count)).toBeGreaterThanOrEqual(acknowledged.length + 1)
    const text = await readMetrics()
    expect(metricValue(text, 'jkb_process_restarts_total{process="1"}')).toBe(1)
    expect(metricValue(text, 'jkb_visit_batch_size_sum')).toBeGreaterThanOrEqual(before)
  })

  it('limit an address over both of them', async () => {
    const minute = () => Math.floor(Date.now() / 60_000)
    const statuses: number[] = []
    // Windows end with the minute: once more if one did meanwhile.
    for (let began = -1; began !== minute(); ) {
      began = minute()
      statuses.length = 0
      while (statuses.length < 440) {
        const some = Array.from({ length: 20 }, async () => (await ask('/openapi.json')).status)
        statuses.push(...(await Promise.all(some)))
      }
    }
    const allowed = statuses.filter((status) => status === 200).length
    // 400 a minute and a twentieth; without telling each other it would be all 440.
    expect(allowed).toBeLessThanOrEqual(425)
    // One that serves little may be a twentieth behind the others.
    expect(statuses.slice(-20)).toContain(429)
  })

  it('end cleanly on SIGTERM, all of them', async () => {
    const ids = readyProcesses().flatMap(({ processId }) => processId ?? [])
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
    expect(ids.filter(isAlive)).toEqual([])
  })
})

it('leaves nothing behind when the primary is killed', async () => {
  await startServer(['serve'], { WORKERS: '2' })
  await eventually(() => expect(readyProcesses()).toHaveLength(2))
  child.kill('SIGKILL')
  await exited
  // Of the test's own app one is left. (The processes themselves may wait as zombies for whoever inherited them.)
  await eventually(async () => {
    const { rowCount } = await app.parts.pool.query(
      `select from pg_stat_activity where application_name = 'jkb-listener' and datname = current_database()`,
    )
    expect(rowCount).toBe(1)
  })
})

it.each([
  [['serve', '--workers', '0'], '--workers must be a number from 1 to 64'],
  [['serve', '--workers', 'many'], '--workers must be a number from 1 to 64'],
  [['sevre'], 'There is "serve'],
  [['serve', '--wrokers', '2'], 'wrokers'],
])('refuses %j and says what there is', async (args, message) => {
  await startServer(args)
  expect(await exited).toBe(1)
  await eventually(() => expect(`${log.map(({ msg }) => msg).join()}${output}`).toContain(message))
})

it('ends with an error, at once, where no process can start', async () => {
  const occupied = createServer()
  await new Promise<void>((resolve) => occupied.listen(0, '127.0.0.1', resolve))
  const address = occupied.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  await startServer(['serve', '--workers', '2'], { PORT: port })
  expect(await exited).toBe(1)
  expect(log.some(({ msg }) => msg.includes('EADDRINUSE'))).toBe(true)
  occupied.close()
})

describe('a machine with other keys than those of the database', () => {
  it.each([['serve'], ['serve', '--workers', '2']])(
    'does not serve, and says why: %s %s',
    async (...args) => {
      const other = await mkdtemp(join(tmpdir(), 'jiankangbao-other-keys-'))
      makeKeyFiles(other)
      await startServer(
        args.filter((arg) => arg !== undefined),
        { DATA_DIRECTORY: other },
      )
      expect(await exited).not.toBe(0)
      const words = [...log.map(({ msg }) => msg), output].join('\n')
      expect(words).toMatch(/不是此数据库的密钥/)
      expect(words).toMatch(/jkb keys import/)
      expect(readyProcesses()).toEqual([])
      await rm(other, { recursive: true })
    },
  )
})
