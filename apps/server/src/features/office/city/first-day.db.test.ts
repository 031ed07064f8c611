import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Secret, TOTP } from 'otpauth'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bundleProgram, inServer } from '../../../../test/bundle.ts'
import { freePort } from '../../../../test/database.setup.ts'
import { eventually } from '../../../../test/eventually.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts'

// The first day of a real city, with the programs as they are built: an empty database, and nobody who can sign in.

// Programs are started one after the other: a guard against hanging, not a figure of speed.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const EXAMPLE = fileURLToPath(new URL('../../../../../../deploy/city.example.json', import.meta.url))
const SAFE = {
  DEMO: 'false',
  PUBLIC_ORIGIN: 'https://jkm.example.gov.cn',
  TRUSTED_PROXIES: '1',
  ...Object.fromEntries(
    ['SMS', 'IDENTITY', 'FACE', 'TRAVEL_CARD', 'RISK_AREAS'].flatMap((name) => [
      [`${name}_URL`, `https://${name.toLowerCase().replace('_', '-')}.example.gov.cn`],
      [`${name}_TOKEN`, `handed-out-for-${name}`],
    ]),
  ),
  PROVINCIAL_URL: 'https://province.example.gov.cn',
  PROVINCIAL_APP_ID: 'city-17',
  PROVINCIAL_SECRET: 'handed-out-by-the-province',
}

let programs: string
let directory: string
let database: TestDatabase
const children: ChildProcess[] = []

const environment = (more: Record<string, string> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  DATABASE_URL: database.appUrl,
  MIGRATOR_DATABASE_URL: database.migratorUrl,
  DATA_DIRECTORY: directory,
  ...SAFE,
  ...more,
})

const jkb = (args: string[], more: Record<string, string> = {}) =>
  new Promise<{ code: number; output: string }>((resolve) =>
    execFile(
      process.execPath,
      [join(programs, 'cli.js'), ...args],
      { cwd: inServer(''), env: environment(more) },
      (error, stdout, stderr) => resolve({ code: error ? 1 : 0, output: stdout + stderr }),
    ),
  )

const serve = async (more: Record<string, string> = {}) => {
  const port = await freePort()
  const child = spawn(process.execPath, [join(programs, 'main.js'), 'serve', '--workers', '1'], {
    cwd: inServer(''),
    env: { ...environment(more), PORT: String(port), METRICS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => void said.push(chunk.toString()))
  const exited = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
  return { origin: `http://127.0.0.1:${port}`, child, exited, output: () => said.join('') }
}

const asOwner = async (sql: string) => {
  const client = new pg.Client({ connectionString: database.migratorUrl })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  programs = mkdtempSync(join(inServer('dist'), 'first-day-'))
  directory = join(mkdtempSync(join(tmpdir(), 'jkb-first-day-')), 'data')
  database = await createTestDatabase()
  await Promise.all([
    bundleProgram('main.ts', join(programs, 'main.js')),
    bundleProgram('cli.ts', join(programs, 'cli.js')),
  ])
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(programs, { recursive: true })
  rmSync(join(directory, '..'), { recursive: true })
  await database.drop()
})

describe('a real city', () => {
  let codes: string[] = []

  it('is not served before it is made, and every unsafe setting is named at once with what to do', async () => {
    const bare = Object.fromEntries(Object.keys(SAFE).map((name) => [name, '']))
    const { exited, output } = await serve({ ...bare, DEMO: 'false' })
    expect(await exited).toBe(1)
    for (const name of Object.keys(SAFE).filter((one) => one !== 'DEMO'))
      expect(output()).toContain(`${name}: `)
    expect(output()).toContain('jkb city create')
    expect(existsSync(join(directory, 'keys.json'))).toBe(false)
  })

  it.each([
    ['PUBLIC_ORIGIN', 'http://jkm.example.gov.cn'],
    ['PUBLIC_ORIGIN', 'https://localhost:8443'],
    ['PUBLIC_ORIGIN', 'https://127.0.0.1'],
    ['PUBLIC_ORIGIN', 'https://jkm.example.gov.cn/app'],
    ['SMS_URL', 'http://localhost:8090'],
    ['FACE_URL', 'http://127.0.0.1:8090/'],
    ['IDENTITY_URL', 'http://sandbox:8090'],
    ['TRAVEL_CARD_TOKEN', 'sandbox-travel-card'],
    ['PROVINCIAL_SECRET', 'sandbox-provincial'],
    ['DEMO', 'False'],
    ['DEMO', '0'],
  ])('is not served with %s=%s', async (name, value) => {
    const { exited, output } = await serve({ [name]: value })
    expect(await exited).toBe(1)
    expect(output()).toContain(name)
  })

  it('says all that is wrong with its file, and makes nothing', async () => {
    const file = join(directory, '..', 'bad.json')
    const profile = JSON.parse(readFileSync(EXAMPLE, 'utf8'))
    writeFileSync(
      file,
      JSON.stringify({
        ...profile,
        hotline: '',
        divisions: [{ code: '110101', name: '东城区', nameEn: 'Dongcheng' }, { code: 'x' }],
        administrators: profile.administrators.slice(1),
        mayor: 'x',
      }),
    )
    const { code, output } = await jkb(['city', 'create', '--profile', file])
    expect(code).toBe(1)
    for (const part of ['hotline', '110101', 'divisions[1]', 'at least two', 'mayor'])
      expect(output).toContain(part)
    expect(await asOwner('select from city')).toEqual([])
    expect((await jkb(['city', 'create', '--profile', EXAMPLE], { DEMO: 'true' })).output).toContain(
      'DEMO=false',
    )
  })

  it('is made of a file: divisions, rules, policies and two administrators, whose codes are shown once', async () => {
    const first = await jkb(['city', 'create', '--profile', EXAMPLE])
    expect(first.code, first.output).toBe(0)
    codes = [...first.output.matchAll(/([0-9A-Z]{5}(?:-[0-9A-Z]{5}){4})$/gm)].map((match) => match[1] ?? '')
    codes = [...new Set(codes)]
    expect(codes).toHaveLength(2)
    expect(first.output).toContain('https://jkm.example.gov.cn/console/activate#')
    const again = await jkb(['city', 'create', '--profile', EXAMPLE])
    expect([again.code, again.output]).toEqual([
      0,
      expect.stringContaining('管理员 administrators 0 新增 new'),
    ])
    expect(again.output).not.toMatch(/-[0-9A-Z]{5}-/)
    expect(await asOwner('select kind, name_zh from city')).toEqual([{ kind: 'real', name_zh: '示例市' }])
    expect(await asOwner('select code from divisions order by code')).toHaveLength(5)
    const kept = JSON.stringify(await asOwner('select * from operator_activations'))
    for (const code of codes) expect(kept).not.toContain(code)
  })

  it('is never filled with a demonstration, nor served as one', async () => {
    for (const demo of ['true', 'false']) {
      const seeded = await jkb(['db', 'seed'], { DEMO: demo })
      expect([seeded.code, seeded.output]).toEqual([1, expect.stringMatching(/演示/)])
    }
    expect(await asOwner('select from persons')).toEqual([])
    const { exited, output } = await serve({ DEMO: 'true' })
    expect([await exited, output()]).toEqual([1, expect.stringContaining('set DEMO=false')])
  })

  it('is served, and an administrator begins with the code: own password, own second factor, once', async () => {
    const { origin, output } = await serve()
    await eventually(async () => {
      const answer = await fetch(`${origin}/readyz`).catch(() => undefined)
      expect(answer?.status, output()).toBe(200)
    })
    const post = async (path: string, body: object) => {
      const answer = await fetch(`${origin}/api/v1/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text), headers: answer.headers }
    }
    const reasonOf = (answer: { body: { fields?: { reason: string }[] } }) => answer.body.fields?.[0]?.reason
    const activationCode = codes[0] ?? ''
    const typed = activationCode.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')
    const opened = await post('operator-activations/opening', { activationCode: typed })
    expect(opened).toMatchObject({ status: 200, body: { username: 'admin-first' } })
    const totpAt = (ms: number) =>
      new TOTP({ secret: Secret.fromBase32(opened.body.totpSecret) }).generate({ timestamp: ms })
    const complete = (more: object = {}) =>
      post('operator-activations', {
        activationCode,
        newPassword: 'eine lange Parole 77',
        totp: totpAt(Date.now()),
        ...more,
      })
    expect(reasonOf(await complete({ activationCode: 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA' }))).toBe(
      'activation_unknown',
    )
    expect(reasonOf(await complete({ newPassword: 'demo-xuzhou-2022' }))).toBe('password_published')
    expect(reasonOf(await complete({ newPassword: 'x-admin-first-x' }))).toBe('password_is_username')
    for (const newPassword of [
      'Password1234!',
      '1q2w3e4r5t6y',
      'jiankangbao2026',
      'woaini1314520',
      'aaaaaaaaaaaaaaa',
    ])
      expect(reasonOf(await complete({ newPassword })), newPassword).toBe('password_common')
    expect((await complete({ newPassword: 'short' })).status).toBe(400)
    expect((await complete({ totp: '000000' })).body.code).toBe('TOTP_WRONG')
    const both = await Promise.all([complete(), complete()])
    expect(both.map(({ status }) => status).sort()).toEqual([204, 400])
    expect(reasonOf(await complete())).toBe('activation_used')
    expect(reasonOf(await post('operator-activations/opening', { activationCode }))).toBe('activation_used')

    const signIn = await post('operator/sessions', {
      username: 'admin-first',
      password: 'eine lange Parole 77',
      // The one that proved the second factor is used up.
      totp: totpAt(Date.now() + 30_000),
    })
    expect(signIn).toMatchObject({ status: 201, body: { roles: ['sysadmin'], mustChangePassword: false } })
    const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const read = async (path: string) =>
      (await fetch(`${origin}/api/v1/${path}`, { headers: { cookie } })).json() as Promise<never>
    expect(await read('divisions')).toMatchObject({
      divisions: expect.arrayContaining([
        expect.objectContaining({ code: '320104001001', level: 'community' }),
      ]),
    })
    expect(await read('client-config')).toMatchObject({
      cityName: { zh: '示例市', en: 'Example City' },
      demo: false,
    })
    expect(await read('operator/operators')).toMatchObject({
      operators: [{ username: 'admin-first' }, { username: 'admin-second' }],
    })
    expect(await asOwner('select ruleset_id from rulesets')).toHaveLength(1)
    expect((await asOwner('select kind from admission_policies')).length).toBeGreaterThan(20)
  })

  it('gives another code to whoever missed the day, and the first is no longer good', async () => {
    const { output } = await jkb(['operator', 'activation', '--username', 'admin-second'])
    expect(output).toContain('admin-second')
    const [first] = await asOwner(
      'select withdrawn_at is not null as withdrawn from operator_activations where used_at is null order by activation_id',
    )
    expect(first).toEqual({ withdrawn: true })
    expect((await jkb(['operator', 'activation', '--username', 'nobody'])).code).toBe(1)
    // Whoever has the machine can do this alone: those who watch see it.
    expect(await asOwner(`select kind, details from incidents`)).toEqual([
      { kind: 'operators_recovered', details: { count: 1, names: 'admin-second' } },
    ])
    expect((await jkb(['operator', 'create', '--username', 'x'])).code).toBe(1)
  })

  it('recovers two administrators where none is left, and not before', async () => {
    const recover = (...names: string[]) =>
      jkb(['city', 'recover', ...names.flatMap((name) => ['--username', name])])
    for (const names of [[], ['one'], ['one', 'one'], ['one', 'two', 'three']])
      expect((await recover(...names)).code, names.join()).toBe(1)
    const early = await recover('rescue-one', 'rescue-two')
    expect([early.code, early.output]).toEqual([1, expect.stringContaining('admin-first')])
    await asOwner(`update operators set last_sign_in_at = now() - interval '31 days'`)
    const taken = await recover('rescue-one', 'admin-second')
    expect([taken.code, taken.output]).toEqual([1, expect.stringContaining('admin-second')])
    expect(await asOwner(`select from operators where username like 'rescue-%'`)).toHaveLength(0)
    const { code, output } = await recover('rescue-one', 'rescue-two')
    expect(code, output).toBe(0)
    const codes = [...output.matchAll(/([0-9A-Z]{5}-){4}[0-9A-Z]{5}/g)].map(([one]) => one)
    expect(new Set(codes).size).toBe(2)
    expect(
      await asOwner(
        `select details from incidents where kind = 'operators_recovered' order by incident_id desc limit 1`,
      ),
    ).toEqual([{ details: { count: 2, names: 'rescue-one, rescue-two' } }])
    expect(await asOwner(`select from audit_entries where action = 'city.recovered'`)).toHaveLength(1)
  })
})

describe('a demonstration', () => {
  it('never becomes a real city, and is not served as one', async () => {
    const other = await createTestDatabase()
    const urls = {
      DATABASE_URL: other.appUrl,
      MIGRATOR_DATABASE_URL: other.migratorUrl,
      DATA_DIRECTORY: join(directory, '../demonstration'),
    }
    const seeded = await jkb(['db', 'seed'], { ...urls, DEMO: 'true' })
    expect(seeded.code, seeded.output).toBe(0)
    const created = await jkb(['city', 'create', '--profile', EXAMPLE], urls)
    expect([created.code, created.output]).toEqual([1, expect.stringContaining('never becomes a real city')])
    const { exited, output } = await serve(urls)
    expect(await exited).toBe(1)
    for (const part of [
      'holds a demonstration',
      'invented divisions',
      'published password',
      'demo.json',
      'partners',
    ])
      expect(output()).toContain(part)
    await other.drop()
  })
})
