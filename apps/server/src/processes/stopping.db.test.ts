import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleProgram, inServer } from '../../test/bundle.ts'
import { freePort } from '../../test/database.setup.ts'
import { eventually } from '../../test/eventually.ts'
import { startTestApp, type TestApp } from '../../test/test-app.ts'
import { installJobSchema } from '../db/job-schema.ts'
import { makeKeyFiles, openFileKeyProvider } from '../keys/key-provider.ts'

// An upgrade stops one server after another and looks at how each ended. So a stop is 0 whenever it comes, and whoever is
// connected; only a process that did not listen for it yet is ended by the signal itself.

let app: TestApp
let bundleDirectory: string
let dataDirectory: string
let main: string

beforeAll(async () => {
  await mkdir(inServer('dist'), { recursive: true })
  bundleDirectory = await mkdtemp(inServer('dist/stopping-'))
  dataDirectory = await mkdtemp(join(tmpdir(), 'jiankangbao-stopping-'))
  makeKeyFiles(dataDirectory)
  ;[main, app] = await Promise.all([
    bundleProgram('main.ts', join(bundleDirectory, 'main.js')),
    startTestApp({ keys: openFileKeyProvider(dataDirectory) }),
  ])
  await installJobSchema(app.database.migratorUrl)
})
afterAll(async () => {
  await app.close()
  await rm(bundleDirectory, { recursive: true, force: true })
  await rm(dataDirectory, { recursive: true, force: true })
})

const start = async (args: string[]) => {
  const port = await freePort()
  const child = spawn(process.execPath, [main, ...args], {
    cwd: inServer('.'),
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: app.database.appUrl,
      DATA_DIRECTORY: dataDirectory,
      PORT: String(port),
      METRICS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += String(chunk)
    })
  const closed = once(child, 'close')
  const ready = args.includes('serve') ? '"msg":"ready"' : 'looking for jobs'
  const isReady = () => eventually(() => expect(said).toContain(ready))
  return {
    port,
    isReady,
    /** What the process ended with, and all that it said. */
    stop: async () => {
      child.kill('SIGTERM')
      const [code, signal] = await closed
      return { end: code ?? signal, said }
    },
  }
}

const open = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  await once(socket, 'connect')
  return socket
}
const openUnread = async (port: number): Promise<Socket> => {
  const socket = (await open(port)).pause()
  socket.write('GET /openapi.json HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n'.repeat(50))
  return socket
}

const MODES: [string[], number[]][] = [
  [
    ['serve', '--workers', '2', '--work'],
    [0, 1000, 4000],
  ],
  [
    ['serve', '--work'],
    [500, 2000],
  ],
  [['work'], [200, 1500]],
]

describe.each(MODES)('%j', (args, moments) => {
  it.each(moments)('stopped %d ms after it was started', async (wait) => {
    const server = await start(args)
    await sleep(wait)
    const { end, said } = await server.stop()
    expect(end, said).toBe(said.includes('"msg":"stopping') ? 0 : 'SIGTERM')
  })

  it('stopped the moment it is ready, while somebody is connected who never asks and somebody who never reads', async () => {
    const server = await start(args)
    await server.isReady()
    const sockets = args.includes('serve') ? [await open(server.port), await openUnread(server.port)] : []
    const { end, said } = await server.stop()
    for (const socket of sockets) socket.destroy()
    expect(end, said).toBe(0)
  })
})
