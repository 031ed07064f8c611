import { randomInt, randomUUID } from 'node:crypto'
import type { RegisteredCitizen } from './factories.ts'
import { createOperator, type TestOperator } from './operators.ts'
import type { TestApp } from './test-app.ts'

const PREFIX = { single: '01', five: '05', ten: '10', twenty: '20', household: '60', box: '90' }

/** A printed code that no other call gives. */
export const makeBarcode = (kind: keyof typeof PREFIX): string =>
  `${PREFIX[kind]}${String(randomInt(2 ** 47))
    .padStart(14, '0')
    .slice(0, 14)}`

export interface TestSampler extends TestOperator {
  siteId: string
  shiftId: string
  /** The answer of `openTube`. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared, not used
  open(barcode: string): Promise<{ status: number; body: any }>
  sample(
    barcode: string,
    citizen: Pick<RegisteredCitizen, 'documentNumber'>,
    more?: object,
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared, not used
  ): Promise<{ status: number; body: any }>
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared, not used
  seal(barcode: string, count: number): Promise<{ status: number; body: any }>
}

export const siteFields = {
  divisionCode: '320302',
  name: '云龙广场采样点',
  address: '虚构路 1 号',
  hours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }],
  audience: 'everybody',
  priceCents: 0,
  walkIn: true,
}

/** A site of an office, by the public door. */
export const createSite = async (app: TestApp, fields: object = {}): Promise<string> => {
  const office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  const made = await office.call('POST', '/api/v1/operator/test-sites', {
    requestId: randomUUID(),
    ...siteFields,
    ...fields,
  })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  return made.body.siteId
}

/** A sampler in the middle of a shift. */
export const createSampler = async (app: TestApp, at?: string): Promise<TestSampler> => {
  const siteId = at ?? (await createSite(app))
  const sampler = await createOperator(app, { roles: ['sampler'], divisionCode: '320302' })
  const started = await sampler.call('POST', '/api/v1/sampling/shifts', { requestId: randomUUID(), siteId })
  if (started.status !== 201) throw new Error(JSON.stringify(started.body))
  const { shiftId } = started.body
  const post = (path: string, body: object) =>
    sampler.call('POST', `/api/v1/sampling/${path}`, { requestId: randomUUID(), ...body })
  return {
    ...sampler,
    siteId,
    shiftId,
    open: (barcode) => post('tubes', { shiftId, barcode }),
    sample: (barcode, { documentNumber }, more = {}) =>
      post('samples', { barcode, document: { type: 'resident_id', number: documentNumber }, ...more }),
    seal: (barcode, count) => post('seals', { barcode, count }),
  }
}

/** Somebody of a laboratory. */
export const createLaboratoryOperator = (app: TestApp, laboratory: string): Promise<TestOperator> =>
  createOperator(app, { roles: ['lab'], organisation: laboratory })

/** Brings sealed tubes to a laboratory in one box, each step by the public door. */
export const deliver = async (
  sampler: TestSampler,
  receiver: TestOperator,
  partnerId: string,
  barcodes: string[],
): Promise<string> => {
  const boxBarcode = makeBarcode('box')
  const must = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await answer
    if (status !== 200) throw new Error(JSON.stringify(body))
  }
  for (const barcode of barcodes)
    await must(
      sampler.call('POST', '/api/v1/sampling/packings', { requestId: randomUUID(), boxBarcode, barcode }),
    )
  const count = barcodes.length
  await must(
    sampler.call('POST', '/api/v1/sampling/hand-overs', {
      requestId: randomUUID(),
      boxBarcode,
      count,
      carrier: '运送一组',
      partnerId,
    }),
  )
  await must(
    receiver.call('POST', '/api/v1/laboratory/receipts', { requestId: randomUUID(), boxBarcode, count }),
  )
  return boxBarcode
}
