import { randomUUID } from 'node:crypto'
import { residentIdCheckCharacter } from '@jiankangbao/domain/written/document-types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDocumentHolders, nextNumber, passportOf } from '../../../../test/document-holders.ts'
import { createVenue, type Named } from '../../../../test/factories.ts'
import { createOperator } from '../../../../test/operators.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let holders: ReturnType<typeof createDocumentHolders>
beforeAll(async () => {
  app = await startTestApp()
  holders = createDocumentHolders(app)
})
afterAll(() => app.close())

const register = (document: Named) => holders.register(document)
const coloursOf = (...people: { headers: object }[]) => holders.coloursOf(...people)
const makeRed = (personId: string) => holders.makeRed(personId)
const passOf = (citizen: { headers: object }) => holders.passOf(citizen)
const residentPermit = (region: '81' | '82' | '83', birth: string) => {
  const first17 = `${region}0000${birth.replaceAll('-', '')}${nextNumber().slice(-3)}`
  return first17 + residentIdCheckCharacter(first17)
}

describe('a second document', () => {
  it('is not green while nobody has said whose it is, and the first one stays as it is', async () => {
    const first = await register(passportOf('USA', 'John Smith', '1971-01-01'))
    const second = await register(passportOf('USA', 'SMITH JOHN', '1971-01-01'))
    expect(await coloursOf(first, second)).toEqual(['green', 'none'])
    expect((await passOf(second)).reasons).toEqual([
      expect.objectContaining({ category: 'identity_unconfirmed', title: expect.anything() }),
    ])
    const { rows } = await app.parts.pool.query(
      `select cause, state, extract(epoch from due_at - opened_at)::int as seconds from identity_matters where second_person_id = $1::bigint`,
      [second.personId],
    )
    expect(rows).toEqual([{ cause: 'likeness', state: 'open', seconds: 7200 }])
  })

  it('washes nobody: red by the first one, the second one is not green; red by the second one, nor is the first', async () => {
    const first = await register(passportOf('USA', 'Jane Doe', '1972-01-01'))
    await makeRed(first.personId)
    const second = await register(passportOf('USA', 'Jane Doe', '1972-01-01'))
    expect(await coloursOf(first, second)).toEqual(['red', 'none'])

    const third = await register(passportOf('USA', 'Jack Roe', '1973-01-01'))
    const fourth = await register(passportOf('USA', 'Jack Roe', '1973-01-01'))
    await makeRed(fourth.personId)
    expect(await coloursOf(third, fourth)).toEqual(['none', 'red'])
  })

  it('is found across kinds: permit and residence permit, passport and permanent residence, both cards of it', async () => {
    const birthOn = '1974-01-01'
    const permit = await register({
      ...{ documentType: 'hk_macao_permit', documentNumber: `H${nextNumber()}`, name: '陈大文', birthOn },
    })
    const residence = await register({
      ...{ documentType: 'resident_id', documentNumber: residentPermit('81', birthOn), name: '陈大文' },
    })
    expect(await coloursOf(permit, residence)).toEqual(['green', 'none'])

    const passport = await register(passportOf('FRA', 'Zoë Durand', birthOn))
    const card = await register({
      ...{ documentType: 'foreign_permanent_resident', documentNumber: 'FRA320074010101' },
      ...{ name: 'ZOE DURAND', birthOn },
    })
    const first17 = '93225019740101001'
    const fiveStar = await register({
      documentType: 'foreign_permanent_resident',
      documentNumber: first17 + residentIdCheckCharacter(first17),
      name: '佐伊·杜兰德',
    })
    expect(await coloursOf(passport, card, fiveStar)).toEqual(['green', 'none', 'none'])
  })

  it('is found for a Chinese passport beside a resident ID', async () => {
    const number = '32030219750101'
    const first17 = `${number}901`
    const resident = await register({
      ...{ documentType: 'resident_id', documentNumber: first17 + residentIdCheckCharacter(first17) },
      name: '周示例',
    })
    await makeRed(resident.personId)
    const passport = await register(passportOf('CHN', '周示例', '1975-01-01'))
    expect(await coloursOf(resident, passport)).toEqual(['red', 'none'])
  })

  it('is somebody else’s with another birth date, country or name, and two resident numbers are two people', async () => {
    await register(passportOf('USA', 'Ann Lee', '1976-01-01'))
    const others = await Promise.all([
      register(passportOf('USA', 'Ann Lee', '1976-01-02')),
      register(passportOf('CAN', 'Ann Lee', '1976-01-01')),
      register(passportOf('USA', 'Bob Lee', '1976-01-01')),
    ])
    expect(await coloursOf(...others)).toEqual(['green', 'green', 'green'])
    const twins = await Promise.all(
      ['903', '904'].map((order) => {
        const first17 = `32030219770101${order}`
        return register({
          ...{ documentType: 'resident_id', documentNumber: first17 + residentIdCheckCharacter(first17) },
          name: '吴示例',
        })
      }),
    )
    expect(await coloursOf(...twins)).toEqual(['green', 'green'])
  })

  it('is found where both are registered in the same moment', async () => {
    const both = await Promise.all([
      register(passportOf('USA', 'Max Twin', '1978-01-01')),
      register(passportOf('USA', 'Max Twin', '1978-01-01')),
    ])
    expect((await coloursOf(...both)).sort()).toEqual(['green', 'none'])
  })

  it('is reviewed at the door, with why', async () => {
    await register(passportOf('USA', 'Door Person', '1979-01-01'))
    const second = passportOf('USA', 'Door Person', '1979-01-01')
    await register(second)
    const venue = await createVenue(app)
    const checker = await createOperator(app, { roles: ['checker'] })
    const { body } = await checker.call('POST', '/api/v1/checks', {
      requestId: randomUUID(),
      pointId: String(venue.pointId),
      purpose: '入口查验',
      document: { type: 'passport', number: second.documentNumber, country: 'USA' },
    })
    expect(body).toMatchObject({
      outcome: 'none',
      decision: 'review',
      detail: 'identity_unconfirmed',
      reasons: ['colour_none'],
    })
  })
})
