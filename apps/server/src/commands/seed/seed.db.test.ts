import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSmsCode } from '../../../test/factories.ts'
import { startTestApp, type TestApp } from '../../../test/test-app.ts'
import { createPool } from '../../db/pool.ts'
import type { Demo } from '../demo.ts'
import { isSeeded, seedCity } from './seed.ts'

const roles = [
  'hq',
  'office',
  'epidemiologist',
  'hotline',
  'auditor',
  'sysadmin',
  'venue_manager',
  'checker',
  'sampler',
  'lab',
]

describe('the fictional city', () => {
  let app: TestApp
  let demo: Demo
  beforeAll(async () => {
    app = await startTestApp()
    const pool = createPool(app.database.migratorUrl, 1, 'seed')
    const { keys, encryption, config } = app.parts
    demo = await seedCity({
      city: config.cityProfile,
      pool,
      keys,
      encryption,
      publicOrigin: config.publicOrigin,
      consentVersion: config.consentVersion,
    })
    await pool.end()
  })
  afterAll(() => app.close())

  it('has people in every colour, operators of every role, venues of all top kinds, and says that it is fictional', async () => {
    expect(demo.fictional).toBe(true)
    expect(await isSeeded(app.parts.pool)).toBe(true)
    expect([...new Set(demo.citizens.map((citizen) => citizen.colour))].sort()).toEqual([
      'green',
      'none',
      'red',
      'yellow',
    ])
    expect(roles.filter((role) => !demo.operators.some((operator) => operator.roles.includes(role)))).toEqual(
      [],
    )
    expect(demo.venues.length).toBeGreaterThanOrEqual(40)
    expect(new Set(demo.citizens.map((citizen) => citizen.phone)).size).toBe(demo.citizens.length)
    const { rows } = await app.parts.pool.query<{ state: string }>(
      'select distinct state from venues order by 1',
    )
    expect(rows.map((row) => row.state)).toEqual(['active', 'applied', 'suspended'])
  })

  it('stores no name, phone or number in clear', async () => {
    const { rows } = await app.parts.pool.query(
      'select p.*, a.* from persons p left join accounts a using (person_id)',
    )
    const text = JSON.stringify(rows, (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    )
    for (const { phone, documentNumber } of demo.citizens) {
      expect(text).not.toContain(phone)
      expect(text).not.toContain(documentNumber)
    }
  })

  it('lets its people sign in and scan its doors', async () => {
    const [citizen] = demo.citizens
    const phone = `+86${citizen?.phone}`
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
    expect(session.json()).toMatchObject({ registered: true, proved: true })
    const scan = await app.http.inject({
      method: 'POST',
      url: '/api/v1/visits',
      headers: { authorization: `Bearer ${session.json().accessToken}` },
      payload: { requestId: randomUUID(), venueCode: demo.venues[0]?.link },
    })
    expect(scan.json()).toMatchObject({
      visits: [{ colour: 'green', decision: 'admit' }],
      venue: { name: demo.venues[0]?.name },
    })
  })
})
