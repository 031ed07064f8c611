import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  ANNOUNCEMENTS,
  addAnnouncement,
  proposeRelease,
  tell,
  written,
} from '../../../../test/announcements.ts'
import { createOperator, goOnTo, type TestOperator } from '../../../../test/operators.ts'
import { PROPOSALS, useProposals } from '../../../../test/proposals.ts'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

const start = new Date('2022-03-20T02:00:00Z')
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

let app: TestApp
const by = {} as Record<
  'hq' | 'hq2' | 'office' | 'office2' | 'elsewhere' | 'hotline' | 'auditor',
  TestOperator
>
beforeAll(async () => {
  app = await startTestApp({ now: start })
  by.hq = await createOperator(app, { roles: ['hq'] })
  by.hq2 = await createOperator(app, { roles: ['hq'] })
  by.office = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  by.office2 = await createOperator(app, { roles: ['office'], divisionCode: '320302' })
  by.elsewhere = await createOperator(app, { roles: ['office'], divisionCode: '320303' })
  by.hotline = await createOperator(app, { roles: ['hotline'] })
  by.auditor = await createOperator(app, { roles: ['auditor'] })
})
beforeEach(() => goOnTo(app, start))
afterAll(() => app.close())

const { decide, actionsOn } = useProposals(() => app)
const get = async (path: string) => {
  const answer = await app.http.inject({ url: `/api/v1${path}` })
  return { status: answer.statusCode, body: answer.json() }
}
const read = (id: string) => get(`/announcements/${id}`)
const list = async (
  query = '',
): Promise<{ announcementId: string; standing: string; withdrawal?: object }[]> => {
  // Each look comes after the last reading of the register.
  await goOnTo(app, new Date(app.parts.clock().getTime() + 11_000))
  return (await get(`/announcements${query}`)).body.announcements
}
const ids = async (query = '') => (await list(query)).map(({ announcementId }) => announcementId)
const save = (who: TestOperator, id: string, revision: number, more: object = {}) =>
  who.call('PUT', `${ANNOUNCEMENTS}/${id}/draft`, { revision, draft: written(more) })
const kept = async (who: TestOperator, id: string) => (await who.call('GET', `${ANNOUNCEMENTS}/${id}`)).body
const actionsOf = async (id: string): Promise<string[]> =>
  (
    await app.parts.pool.query<{ action: string }>(
      `select action from audit_entries where object_kind = 'announcement' and object_id = $1::text order by audit_id`,
      [id],
    )
  ).rows.map(({ action }) => action)

describe('an announcement', () => {
  it('is written by one and released by another, then read by anybody', async () => {
    const made = await addAnnouncement(by.hq, 'bulletin', { number: '2022 年第 12 号' })
    expect(made.body).toMatchObject({
      version: 1,
      state: 'draft',
      revision: 1,
      html: { zh: '<h3>一、范围</h3>\n<p>请<strong>提前报备</strong>。</p>\n' },
    })
    const id = made.body.announcementId
    expect((await read(id)).status).toBe(404)
    expect(await ids()).not.toContain(id)
    const { proposalId } = (await proposeRelease(by.hq, id)).body
    expect((await by.hq2.call('GET', `${PROPOSALS}/${proposalId}`)).body).toMatchObject({
      kind: 'announcement.release',
      needsHq: true,
      announcement: { announcementId: id, version: 1, title: '关于来返人员的通告', urgent: false },
    })
    expect((await kept(by.auditor, id)).proposalId).toBe(proposalId)
    expect((await decide(by.hq, proposalId)).body.code).toBe('OWN_PROPOSAL')
    expect((await read(id)).status).toBe(404)
    expect((await decide(by.hq2, proposalId)).status).toBe(200)
    expect((await read(id)).body).toMatchObject({
      title: { zh: '关于来返人员的通告', en: 'Notice to travellers' },
      html: { en: '<p>Please <strong>report</strong> beforehand.</p>\n' },
      number: '2022 年第 12 号',
      standing: 'current',
      versions: [{ version: 1 }],
    })
    expect(await ids()).toContain(id)
    expect(await actionsOf(id)).toEqual(['announcement.made'])
    expect(await actionsOn(proposalId)).toEqual(['proposal.made', 'proposal.approved'])
  })

  it('is not released by whoever wrote it, though another asked for it', async () => {
    const { announcementId: id } = (await addAnnouncement(by.hq, 'guide')).body
    const { proposalId } = (await proposeRelease(by.hq2, id)).body
    expect((await decide(by.hq, proposalId)).body.code).toBe('OWN_PROPOSAL')
    expect((await decide(by.hq2, proposalId)).body.code).toBe('OWN_PROPOSAL')
  })

  it('frozen while it waits, is a draft again when it is refused or nobody decides', async () => {
    const { announcementId: id } = (await addAnnouncement(by.hq, 'bulletin')).body
    const first = (await proposeRelease(by.hq, id)).body
    expect((await save(by.hq, id, 1)).body.fields).toEqual([{ field: 'state', reason: 'proposed' }])
    expect((await proposeRelease(by.hq, id)).body.fields).toEqual([{ field: 'state', reason: 'proposed' }])
    expect((await by.hq.call('DELETE', `${ANNOUNCEMENTS}/${id}/draft`)).status).toBe(409)
    await decide(by.hq2, first.proposalId, 'reject', '日期有误')
    expect((await save(by.hq, id, 1, { issuedOn: '2022-03-19' })).body).toMatchObject({
      state: 'draft',
      revision: 2,
    })
    expect((await proposeRelease(by.hq, id, 1)).body.fields).toEqual([
      { field: 'revision', reason: 'changed_meanwhile' },
    ])
    const second = (await proposeRelease(by.hq, id, 2)).body
    await goOnTo(app, later(60 * 24 * 4))
    expect((await kept(by.hq, id)).versions[0].state).toBe('draft')
    expect((await decide(by.hq2, second.proposalId)).status).toBe(409)
    expect((await save(by.hq, id, 2)).body.revision).toBe(3)
    expect(await actionsOf(id)).toEqual(['announcement.made', 'announcement.saved', 'announcement.saved'])
  })

  it('of two editors, the later one is told; of two requests, one is kept', async () => {
    const requestId = randomUUID()
    const body = { requestId, kind: 'guide', draft: written() }
    const both = await Promise.all([1, 2].map(() => by.hq.call('POST', ANNOUNCEMENTS, body)))
    expect(both.map(({ status }) => status)).toEqual([201, 201])
    const id = both[0]?.body.announcementId
    expect(both[1]?.body.announcementId).toBe(id)
    expect((await by.hq.call('POST', ANNOUNCEMENTS, { ...body, kind: 'policy' })).body.code).toBe(
      'REQUEST_ID_REUSED',
    )
    const saved = await Promise.all([save(by.hq, id, 1), save(by.hq2, id, 1)])
    expect(saved.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await by.hq.call('DELETE', `${ANNOUNCEMENTS}/${id}/draft`)).status).toBe(204)
    expect((await by.hq.call('GET', `${ANNOUNCEMENTS}/${id}`)).status).toBe(404)
    expect(await actionsOf(id)).toEqual([
      'announcement.made',
      'announcement.saved',
      'announcement.draft_dropped',
    ])
  })
})

describe('versions', () => {
  it('replace each other when their time comes, with what changed, and end by themselves', async () => {
    const id = await tell(by.hq, by.hq2, 'bulletin', { expiresAt: later(600).toISOString() })
    expect((await save(by.hq, id, 0)).body.fields).toEqual([{ field: 'changeNote', reason: 'required' }])
    const change = {
      title: { zh: '关于来返人员的通告（修订）', en: '' },
      changeNote: { zh: '增加一处', en: '' },
      publishAt: later(60).toISOString(),
      expiresAt: later(600).toISOString(),
    }
    expect((await save(by.hq, id, 0, change)).body).toMatchObject({ version: 2, state: 'draft' })
    const { proposalId } = (await proposeRelease(by.hq, id)).body
    await decide(by.hq2, proposalId)
    expect((await read(id)).body).toMatchObject({ version: 1, title: { zh: '关于来返人员的通告' } })
    await goOnTo(app, later(61))
    expect((await read(id)).body).toMatchObject({
      version: 2,
      title: { zh: '关于来返人员的通告（修订）' },
      versions: [{ version: 2, changeNote: { zh: '增加一处' } }, { version: 1 }],
    })
    await goOnTo(app, later(601))
    expect((await read(id)).body.standing).toBe('expired')
    expect(await ids()).not.toContain(id)
    const first = await by.auditor.call('GET', `${ANNOUNCEMENTS}/${id}/versions/1`)
    expect(first.body).toMatchObject({
      version: 1,
      bodyZh: '## 一、范围\n\n请**提前报备**。',
      editedBy: '测试员',
    })
    expect((await by.auditor.call('GET', `${ANNOUNCEMENTS}/${id}/versions/3`)).status).toBe(404)
  })

  it('come out only when they are due', async () => {
    const id = await tell(by.hq, by.hq2, 'bulletin', { publishAt: later(30).toISOString() })
    expect([(await read(id)).status, (await kept(by.hq, id)).standing]).toEqual([404, 'coming'])
    await goOnTo(app, later(31))
    expect([(await read(id)).status, (await kept(by.hq, id)).standing]).toEqual([200, 'current'])
    expect(await ids()).toContain(id)
  })
})

it('withdrawn, it stays and says why, and takes no further version', async () => {
  const id = await tell(by.hq, by.hq2, 'bulletin')
  const withdraw = (who: TestOperator, reason = '数字有误') =>
    who.call('POST', `${ANNOUNCEMENTS}/${id}/withdrawal`, { reason, reasonEn: 'A wrong number' })
  expect((await withdraw(by.hotline)).status).toBe(403)
  expect((await withdraw(by.elsewhere)).status).toBe(404)
  expect((await withdraw(by.hq, '')).status).toBe(400)
  const both = await Promise.all([withdraw(by.hq2), withdraw(by.hq)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  const withdrawal = { reason: { zh: '数字有误', en: 'A wrong number' } }
  expect((await read(id)).body).toMatchObject({ standing: 'withdrawn', withdrawal })
  expect((await list()).find(({ announcementId }) => announcementId === id)).toMatchObject({
    standing: 'withdrawn',
    withdrawal,
  })
  expect((await save(by.hq, id, 0, { changeNote: { zh: '改正', en: '' } })).body.fields).toEqual([
    { field: 'announcementId', reason: 'withdrawn' },
  ])
  await goOnTo(app, later(60 * 24 * 31))
  expect(await ids()).not.toContain(id)
  expect((await read(id)).body.standing).toBe('withdrawn')
  const draft = (await addAnnouncement(by.hq, 'bulletin')).body.announcementId
  const early = await by.hq.call('POST', `${ANNOUNCEMENTS}/${draft}/withdrawal`, { reason: '数字有误' })
  expect(early.body.fields).toEqual([{ field: 'announcementId', reason: 'unreleased' }])
  expect(await actionsOf(id)).toEqual(['announcement.made', 'announcement.withdrawn'])
})

describe('who is told', () => {
  it('is everybody, some districts, some kinds of doors, or operators', async () => {
    const district = await tell(by.office, by.office2, 'bulletin', {
      audience: 'districts',
      divisionCodes: ['320302'],
    })
    const doors = await tell(by.hq, by.hq2, 'bulletin', { audience: 'venue_kinds', venueKinds: ['retail'] })
    const staff = await tell(by.hq, by.hq2, 'bulletin', { audience: 'operators' })
    const all = await tell(by.hq, by.hq2, 'bulletin')
    expect(await ids('?divisionCode=320302')).toEqual(expect.arrayContaining([all, doors, district]))
    expect(await ids('?divisionCode=320303')).not.toContain(district)
    const atDoor = await ids('?venueKind=supermarket')
    expect(atDoor).toContain(doors)
    expect(atDoor).not.toContain(all)
    expect(await ids('?venueKind=hospital')).not.toContain(doors)
    expect(await ids()).not.toContain(staff)
    expect((await read(staff)).status).toBe(404)
    const seen = (await by.auditor.call('GET', '/api/v1/operator/staff-announcements')).body.announcements
    expect(seen).toMatchObject([{ announcementId: staff, audience: 'operators' }])
  })

  it('must be in the writer’s hands: districts of others, other kinds, and what only headquarters release', async () => {
    const foreign = { audience: 'districts', divisionCodes: ['320303'] }
    expect((await addAnnouncement(by.office, 'bulletin', foreign)).body.code).toBe('OUT_OF_DIVISION')
    expect((await addAnnouncement(by.hotline, 'bulletin')).body.fields).toEqual([
      { field: 'kind', reason: 'questions_only' },
    ])
    const question = await addAnnouncement(by.hotline, 'question')
    expect(question.status).toBe(201)
    const { announcementId: id } = (await addAnnouncement(by.office, 'bulletin')).body
    expect((await by.elsewhere.call('GET', `${ANNOUNCEMENTS}/${id}`)).status).toBe(404)
    const { proposalId } = (await proposeRelease(by.office, id)).body
    expect((await decide(by.office2, proposalId)).status).toBe(403)
    expect((await decide(by.hq, proposalId)).status).toBe(200)
    for (const role of ['checker', 'epidemiologist', 'sysadmin', 'lab']) {
      const other = await createOperator(app, { roles: [role] })
      expect((await other.call('GET', ANNOUNCEMENTS)).status).toBe(403)
      expect((await addAnnouncement(other, 'question')).status).toBe(403)
    }
    expect((await addAnnouncement(by.auditor, 'question')).status).toBe(403)
    expect((await app.http.inject({ url: ANNOUNCEMENTS })).statusCode).toBe(401)
  })

  it.each([
    ['a district without one', { audience: 'districts' }, 'divisionCodes', 'required'],
    ['kinds of doors without one', { audience: 'venue_kinds' }, 'venueKinds', 'required'],
    [
      'texts to some',
      { audience: 'venue_kinds', venueKinds: ['retail'], urgent: true, sendTexts: true },
      'sendTexts',
      'urgent_for_everybody',
    ],
    [
      'an end before the start',
      { publishAt: later(9).toISOString(), expiresAt: later(8).toISOString() },
      'expiresAt',
      'before_start',
    ],
    ['a file that is not there', { bodyZh: '[全文](file:1)' }, 'bodyZh', 'file_missing'],
    [
      'rows of a notice',
      {
        policyRows: [
          {
            origin: 'anywhere',
            measures: [{ measure: 'test_on_arrival' }],
            paragraph: '一',
            words: { zh: '落地检', en: '' },
          },
        ],
      },
      'policyRows',
      'not_allowed',
    ],
  ])('is clear: %s is refused', async (_, more, field, reason) => {
    expect((await addAnnouncement(by.hq, 'bulletin', more)).body.fields).toEqual([{ field, reason }])
  })
})

it('is found by its words in both languages, its number and its kind', async () => {
  const id = await tell(by.hq, by.hq2, 'question', {
    title: { zh: '老人没有手机怎么办', en: 'Old people without a phone' },
    bodyZh: '可以由家人**代为申报**，或使用纸质码。',
    number: 'XZ-77',
  })
  for (const search of ['纸质码', 'without a', '手机 代为', 'xz-77'])
    expect([search, await ids(`?search=${encodeURIComponent(search)}`)]).toEqual([search, [id]])
  expect(await ids(`?search=${encodeURIComponent('纸质码')}&kind=policy`)).toEqual([])
  expect(await ids('?search=strong')).toEqual([])
  const page = await by.hq.call(
    'GET',
    `${ANNOUNCEMENTS}?search=${encodeURIComponent('没有手机')}&standing=current`,
  )
  expect(page.body.announcements).toMatchObject([{ announcementId: id, kind: 'question', state: 'released' }])
  const pages = await by.hq.call('GET', `${ANNOUNCEMENTS}?limit=1`)
  const next = await by.hq.call('GET', `${ANNOUNCEMENTS}?limit=1&cursor=${pages.body.nextCursor}`)
  expect(next.body.announcements[0].announcementId).not.toBe(pages.body.announcements[0].announcementId)
})
