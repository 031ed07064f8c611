import { randomUUID } from 'node:crypto'
import { creditCodeCheckCharacter } from '@jiankangbao/domain/identity/credit-code'
import type { RegisteredCitizen, SignedIn } from './factories.ts'
import type { TestOperator } from './operators.ts'
import type { TestApp } from './test-app.ts'

export const licenceOf = (first17: string): string => first17 + creditCodeCheckCharacter(first17)
export const maskedLicence = (licence: string): string => `91****${licence.slice(-4)}`

let shops = 0
/** An application, each with a name and an address of its own. */
export const shopApplication = (extra: object = {}) => {
  shops += 1
  return {
    requestId: randomUUID(),
    name: `小店${shops}号铺`,
    kind: 'retail',
    divisionCode: '320302',
    address: `虚构路 ${shops} 号`,
    responsibleName: '王小二',
    responsiblePhone: '13900000000',
    points: ['正门'],
    ...extra,
  }
}

/** Shops as citizens and the office that reviews them see them. */
export const createShopActs = (app: TestApp, office: () => TestOperator) => {
  const as =
    ({ headers }: Pick<SignedIn, 'headers'>) =>
    async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) => {
      const answer = await app.http.inject({
        method,
        url: `/api/v1/me/${path}`,
        headers,
        ...(payload ? { payload } : {}),
      })
      return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
    }
  const apply = (citizen: RegisteredCitizen, extra: object = {}) =>
    as(citizen)('POST', 'shops', shopApplication(extra))
  const review = (venueId: string, body: object = { verdict: 'approve' }) =>
    office().call('POST', `/api/v1/operator/venues/${venueId}/review`, body)
  const openShop = async (owner: RegisteredCitizen, extra: object = {}) => {
    const { body } = await apply(owner, extra)
    await review(body.venueId)
    return (await as(owner)('GET', `shops/${body.venueId}`)).body
  }
  const newsOf = async (citizen: RegisteredCitizen): Promise<string[]> =>
    (await as(citizen)('GET', 'notices')).body.notices
      .filter((each: { kind: string }) => each.kind === 'shop_moved')
      .map((each: { details: { news: string } }) => each.details.news)
  const scan = (citizen: RegisteredCitizen, venueCode: string) =>
    app.http.inject({
      method: 'POST',
      url: '/api/v1/visits',
      headers: citizen.headers,
      payload: { requestId: randomUUID(), venueCode },
    })
  const offer = (owner: RegisteredCitizen, venueId: string, kind: 'transfer' | 'staff', phone: string) =>
    as(owner)('POST', `shops/${venueId}/offers`, { requestId: randomUUID(), kind, phone })
  return { as, apply, review, openShop, newsOf, scan, offer }
}
