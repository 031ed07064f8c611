import { randomUUID } from 'node:crypto'
import { linhe } from '@jiankangbao/city/linhe/profile'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSmsCode } from '../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../test/test-app.ts'
import { readConfig } from '../../config.ts'
import { createPool } from '../../db/pool.ts'
import { requireSafeStart } from '../../safety/require-safe.ts'
import type { Demo } from '../demo.ts'
import { seedCity } from './seed.ts'

// The city that is nowhere: the setting CITY alone makes it, and nothing of the first city is left.
describe('another city', () => {
  let app: TestApp
  let demo: Demo
  beforeAll(async () => {
    app = await startTestApp({ environment: { CITY: 'linhe' } })
    const pool = createPool(app.database.migratorUrl, 1, 'seed')
    const { keys, encryption, config } = app.parts
    const { cityProfile: city, publicOrigin, consentVersion } = config
    demo = await seedCity({ city, pool, keys, encryption, publicOrigin, consentVersion })
    await pool.end()
  })
  afterAll(() => app.close())

  const sessions = new Map<string, { authorization: string }>()
  const signIn = async (phone: string) => {
    const known = sessions.get(phone)
    if (known) return known
    await app.http.inject({
      method: 'POST',
      url: '/api/v1/sms-codes',
      payload: { phone, purpose: 'sign-in' },
    })
    const session = await app.http.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      payload: { phone, smsCode: readSmsCode(app, phone), device: { secret: demo.deviceSecret } },
    })
    const caller = { authorization: `Bearer ${session.json().accessToken}` }
    sessions.set(phone, caller)
    return caller
  }

  const scan = async (colour: string, kind: string, state = 'active') => {
    const citizen = demo.citizens.find((each) => each.colour === colour)
    const venue = demo.venues.find((each) => each.kind === kind && each.state === state)
    const answer = await app.http.inject({
      method: 'POST',
      url: '/api/v1/visits',
      headers: await signIn(`+86${citizen?.phone}`),
      payload: { requestId: randomUUID(), venueCode: venue?.link },
    })
    return { venue, body: answer.json() }
  }

  it('says its own name to whoever asks', async () => {
    const config = (await app.http.inject({ url: '/api/v1/client-config' })).json()
    expect(config).toMatchObject({
      cityName: linhe.name,
      divisionCode: linhe.division,
      hotline: linhe.hotline,
    })
    const { divisions } = (await app.http.inject({ url: '/api/v1/divisions' })).json()
    expect(divisions.map(({ nameEn }: { nameEn: string }) => nameEn)).toEqual(
      expect.arrayContaining(['Linhe (fictional)', 'Donghe District', 'Hexiang Community']),
    )
  })

  it('lets its people in at its doors, and refuses them where the rules do', async () => {
    const mall = await scan('green', 'mall')
    expect(mall.body).toMatchObject({
      visits: [{ colour: 'green', decision: 'admit' }],
      venue: { name: mall.venue?.name },
    })
    expect((await scan('yellow', 'mall')).body).toMatchObject({ visits: [{ decision: 'deny' }] })
    expect((await scan('yellow', 'hospital')).body).toMatchObject({ visits: [{ decision: 'review' }] })
    expect((await scan('green', 'railway_station')).body).toMatchObject({
      visits: [{ reasons: ['entry_registration_missing'] }],
    })
    expect((await scan('green', 'culture_leisure', 'suspended')).body).toMatchObject({
      code: 'VENUE_NOT_ACTIVE',
    })
    expect(app.outside.messages.at(-1)?.text).toContain('【临禾健康宝】')
  })

  it('holds nothing of another city in its database', async () => {
    const pool = createPool(app.database.migratorUrl, 1, 'look')
    // Visits and checks are numbers only.
    const { rows: tables } = await pool.query<{ name: string }>(
      `select format('public.%I', relname) as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' and not relispartition`,
    )
    const texts = []
    for (const { name } of tables)
      texts.push(...(await pool.query(`select t::text as row from ${name} t`)).rows)
    await pool.end()
    expect(tables.length).toBeGreaterThan(60)
    expect(texts.length).toBeGreaterThan(1000)
    for (const { row } of texts)
      expect(row).not.toMatch(/徐|苏康|xuzhou|xz-|(?<!\w)3203\d{2}(\d{3}){0,2}(?!\w)/i)
  })

  it('is served as itself only', async () => {
    const { config } = app.parts
    expect(await requireSafeStart(config, app.http.log)).toMatchObject({
      city: { divisionCode: linhe.division },
    })
    const other = readConfig({ DATABASE_URL: config.databaseUrl })
    await expect(requireSafeStart(other, app.http.log)).rejects.toThrow(
      'This database is a demonstration of Linhe, and CITY says Xuzhou',
    )
  })

  it('is one that comes with the program', () => {
    const env = { DATABASE_URL: 'postgres://nowhere', CITY: 'atlantis' }
    expect(() => readConfig(env)).toThrow('CITY must be one of xuzhou, linhe, got "atlantis".')
  })
})
