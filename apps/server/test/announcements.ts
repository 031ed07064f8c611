import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { TestOperator } from './operators.ts'
import { PROPOSALS } from './proposals.ts'

export const ANNOUNCEMENTS = '/api/v1/operator/announcements'

/** What an office writes, with everything that must be there. */
export const written = (more: object = {}) => ({
  title: { zh: '关于来返人员的通告', en: 'Notice to travellers' },
  bodyZh: '## 一、范围\n\n请**提前报备**。',
  bodyEn: 'Please **report** beforehand.',
  issuedBy: { zh: '市防疫指挥部（示例）', en: 'City headquarters (example)' },
  issuedOn: '2022-03-20',
  urgent: false,
  audience: 'everybody',
  divisionCodes: [],
  venueKinds: [],
  policyRows: [],
  sendTexts: false,
  ...more,
})

export const addAnnouncement = (by: TestOperator, kind: string, more: object = {}) =>
  by.call('POST', ANNOUNCEMENTS, { requestId: randomUUID(), kind, draft: written(more) })

export const proposeRelease = (by: TestOperator, id: string, revision = 1) =>
  by.call('POST', `${ANNOUNCEMENTS}/${id}/release-proposals`, {
    requestId: randomUUID(),
    revision,
    evidence: '指挥部会议纪要',
  })

/** Written by one and released by another. @returns its id */
export const tell = async (
  writer: TestOperator,
  releaser: TestOperator,
  kind: string,
  more: object = {},
): Promise<string> => {
  const made = await addAnnouncement(writer, kind, more)
  expect([made.status, made.body.code, made.body.fields]).toEqual([201, undefined, undefined])
  const { announcementId } = made.body
  const proposed = await proposeRelease(writer, announcementId)
  expect(proposed.status).toBe(201)
  const decided = await releaser.call('POST', `${PROPOSALS}/${proposed.body.proposalId}/decision`, {
    verdict: 'approve',
    reason: '已核对',
  })
  expect([decided.status, decided.body.fields]).toEqual([200, undefined])
  return announcementId
}
