import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildSandbox } from '../app.ts'

let app: FastifyInstance

beforeEach(() => {
  app = buildSandbox()
})
afterEach(() => app.close())

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4, 5, 6])
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])

const person = { name: '张三', documentType: 'resident_id', documentNumber: '11010519491231002X' }

function form(image?: Uint8Array<ArrayBuffer>, subject?: string, named: object = person): FormData {
  const data = new FormData()
  for (const [field, value] of Object.entries(named)) data.set(field, String(value))
  if (image) data.set('image', new Blob([image]), 'face.jpg')
  if (subject !== undefined) data.set('subject', subject)
  return data
}

async function verify(data: FormData, authorization = 'Bearer sandbox-face') {
  const encoded = new Response(data)
  const headers = { authorization, 'content-type': encoded.headers.get('content-type') ?? '' }
  const payload = Buffer.from(await encoded.arrayBuffer())
  return app.inject({ method: 'POST', url: '/face/verifications', headers, payload })
}
const steer = (face: object) => app.inject({ method: 'PUT', url: '/steering', payload: { face } })

describe('face provider', () => {
  it.each([
    ['JPEG', jpeg],
    ['PNG', png],
  ])('passes a %s by default and only counts its bytes', async (_kind, image) => {
    const answer = await verify(form(image, 'registration'))
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ transactionId: expect.any(String), verdict: 'pass', score: 0.97 })
    expect((await app.inject('/activity')).json().face).toEqual({ calls: 1, imageBytes: image.length })
  })

  it('uses up the queue in order, then the general verdict; refused calls use none up', async () => {
    await steer({ verdict: 'fail', next: ['no_face', 'unavailable'] })
    expect((await verify(form(undefined, 's'))).statusCode).toBe(400)
    const verdicts: string[] = []
    for (let call = 0; call < 3; call += 1) verdicts.push((await verify(form(jpeg, 's'))).json().verdict)
    expect(verdicts).toEqual(['no_face', 'unavailable', 'fail'])
    expect((await app.inject('/steering')).json().face.next).toEqual([])
  })

  it('is steered per person, before the queue and everybody else', async () => {
    await steer({
      delayMs: 60,
      next: ['fail'],
      byDocument: { '11010519491231002x': 'unsure', E1: 'slow', E2: 'unavailable' },
    })
    const of = async (documentNumber: string) =>
      (await verify(form(jpeg, 's', { ...person, documentNumber }))).json()
    expect(await of(person.documentNumber)).toMatchObject({ verdict: 'unsure', score: 0.71 })
    const begun = performance.now()
    expect(await of('E1')).toMatchObject({ verdict: 'pass' })
    expect(performance.now() - begun).toBeGreaterThan(50)
    expect(await of('E2')).toMatchObject({ verdict: 'unavailable' })
    expect([(await of('E3')).verdict, (await of('E3')).verdict]).toEqual(['fail', 'pass'])
  })

  it.each([
    ['no image', form(undefined, 's'), 'image', 'is required, as a file'],
    ['a GIF', form(new TextEncoder().encode('GIF89a..'), 's'), 'image', 'must be a JPEG or PNG picture'],
    ['an empty image', form(new Uint8Array(), 's'), 'image', 'must be a JPEG or PNG picture'],
    ['no name', form(jpeg, 's', { ...person, name: '' }), 'name', 'must be a text of 1 to 100 characters'],
    [
      'no number',
      form(jpeg, 's', { ...person, documentNumber: '' }),
      'documentNumber',
      'must be a text of 1 to 40 characters',
    ],
    ['no subject', form(jpeg), 'subject', 'must be a text of 1 to 200 characters'],
  ])('refuses %s', async (_case, data, field, reason) => {
    const answer = await verify(data)
    expect([answer.statusCode, answer.json().fields]).toEqual([400, [{ field, reason }]])
  })

  it('refuses fields it does not know', async () => {
    const data = form(jpeg, 's')
    data.set('colour', 'green')
    expect((await verify(data)).json().fields).toEqual([{ field: 'colour', reason: 'is not a known field' }])
  })

  it('refuses a wrong token, another content type and more than 8 MiB', async () => {
    expect((await verify(form(jpeg, 's'), 'Bearer no')).statusCode).toBe(401)
    const headers = { authorization: 'Bearer sandbox-face' }
    const json = await app.inject({ method: 'POST', url: '/face/verifications', headers, payload: {} })
    expect(json.statusCode).toBe(415)
    const large = new Uint8Array(8 * 1024 * 1024 + 1)
    large.set(jpeg)
    const answer = await verify(form(large, 's'))
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'BODY_TOO_LARGE'])
  })
})
