import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ANNOUNCEMENTS, addAnnouncement, proposeRelease, written } from '../../../../test/announcements.ts'
import { createOperator, type TestOperator } from '../../../../test/operators.ts'
import { bundlePictureWorker, JPEG, TELLING_JPEG } from '../../../../test/pictures.ts'
import { useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
let hq: TestOperator
let hq2: TestOperator
let elsewhere: TestOperator
beforeAll(async () => {
  app = await startTestApp({ pictureWorker: await bundlePictureWorker() })
  hq = await createOperator(app, { roles: ['hq'] })
  hq2 = await createOperator(app, { roles: ['hq'] })
  elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
})
afterAll(() => app.close())

const { decide } = useProposals(() => app)
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n')
const add = (by: TestOperator, id: string, name: string, content: Buffer, requestId = randomUUID()) =>
  by.call('POST', `${ANNOUNCEMENTS}/${id}/files`, { requestId, name, content: content.toString('base64') })
const begin = async () => (await addAnnouncement(hq, 'guide')).body.announcementId
const fetchFile = (fileId: string) => app.http.inject({ url: `/api/v1/announcement-files/${fileId}` })

it('pictures are drawn anew, PDF files looked into, and both shown only with what was released', async () => {
  const id = await begin()
  const requestId = randomUUID()
  const picture = await add(hq, id, '示意图', TELLING_JPEG, requestId)
  expect([picture.status, picture.body]).toMatchObject([201, { number: 1, kind: 'picture' }])
  expect((await add(hq, id, '示意图', TELLING_JPEG, requestId)).body).toEqual(picture.body)
  expect((await add(hq, await begin(), '示意图', JPEG, requestId)).body.code).toBe('REQUEST_ID_REUSED')
  const pdf = await add(hq, id, '全文', PDF)
  expect(pdf.body).toMatchObject({ number: 2, kind: 'pdf', name: '全文.pdf', bytes: PDF.length })
  await hq.call('PUT', `${ANNOUNCEMENTS}/${id}/draft`, {
    revision: 1,
    draft: written({ bodyZh: '![图](file:1)', bodyEn: '[text](file:2)' }),
  })
  expect((await fetchFile(picture.body.fileId)).statusCode).toBe(404)
  const own = await app.http.inject({ url: `${ANNOUNCEMENTS}/${id}/files/1`, headers: hq.headers })
  expect([own.statusCode, own.headers['content-type']]).toEqual([200, 'image/jpeg'])
  expect(own.rawPayload.includes('GPS')).toBe(false)
  const { proposalId } = (await proposeRelease(hq, id, 2)).body
  await decide(hq2, proposalId)
  const shown = await fetchFile(picture.body.fileId)
  expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'image/jpeg'])
  const saved = await fetchFile(pdf.body.fileId)
  expect(saved.rawPayload.equals(PDF)).toBe(true)
  expect(saved.headers).toMatchObject({
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('全文.pdf')}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  // What no released text names stays with the office.
  const unused = await add(hq, id, '另一张', JPEG)
  expect((await fetchFile(unused.body.fileId)).statusCode).toBe(404)
  const { rows } = await app.parts.pool.query(
    `select action from audit_entries where object_kind = 'announcement' and object_id = $1::text and action = 'announcement.file_added'`,
    [id],
  )
  expect(rows).toHaveLength(3)
})

it('what is no picture and no harmless PDF file is refused, and so is whoever may not', async () => {
  const id = await begin()
  const active = Buffer.from('%PDF-1.7\n1 0 obj\n<< /S /JavaScript /JS (x) >>\nendobj\n%%EOF\n')
  expect((await add(hq, id, 'x', active)).body.fields).toEqual([{ field: 'content', reason: 'pdf_active' }])
  const page = Buffer.from('<svg onload=alert(1)>')
  expect((await add(hq, id, 'x.jpg', page)).status).toBe(400)
  expect((await add(elsewhere, id, 'x', PDF)).status).toBe(404)
  expect((await hq.call('GET', `${ANNOUNCEMENTS}/${id}/files/7`)).status).toBe(404)
  const large = Buffer.concat([PDF, Buffer.alloc(4_194_300, 32)])
  expect((await add(hq, id, 'x', large)).status).toBe(400)
  for (let at = 0; at < 20; at += 1) expect((await add(hq, id, `${at}`, PDF)).status).toBe(201)
  expect((await add(hq, id, '21', PDF)).body.fields).toEqual([{ field: 'content', reason: 'too_many' }])
})
