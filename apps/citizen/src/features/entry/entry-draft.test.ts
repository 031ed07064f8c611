import { describe, expect, it, vi } from 'vitest'

vi.mock('../../platform/storage.ts', () => ({
  readStored: () => undefined,
  writeStored: () => undefined,
  removeStored: () => undefined,
}))

const { bodyOfDraft, draftOf, emptyEntry, faultsOfStep, formerMembers, stepOfFaults } = await import(
  './entry-draft.ts'
)
type Draft = typeof emptyEntry

const memberId = '3f1d6c3e-0f55-4c1a-9a37-6f3d2b1a0c11'
const requestId = '9c5b94b1-35ad-49bb-b118-8e8fc24abf80'
const draft: Draft = {
  ...emptyEntry,
  memberIds: [memberId],
  mode: 'train',
  number: ' G115 ',
  arriveOn: '2022-03-20',
  arriveAt: '18:30',
  origin: { code: '310115', name: '上海市浦东新区' },
  stays: [{ place: { code: '310115', name: '上海市浦东新区' }, fromOn: '20220306', toOn: '2022-03-20' }],
  destination: { code: '320302', name: '鼓楼区' },
  detail: '示例路 7 号',
  reason: 'work',
  agreed: true,
}

describe('a draft of an entry registration', () => {
  it('is sent in the forms of the server', () => {
    const body = bodyOfDraft(draft, requestId)
    expect(body).toMatchObject({
      arrivalNumber: 'G115',
      plannedArrivalAt: '2022-03-20T10:30:00.000Z',
      stays: [{ divisionCode: '310115', fromOn: '2022-03-06', toOn: '2022-03-20' }],
      unwell: [],
    })
    expect(body.contactPhone).toBeUndefined()
  })

  it('comes back from a registration as it was, to be corrected', () => {
    const told = {
      ...draft,
      unwell: { '': ['fever' as const] },
      testResult: 'waiting' as const,
      testOn: '20220319',
    }
    const { requestId: _, commitment: __, ...content } = bodyOfDraft(told, requestId)
    const entry = {
      entryId: requestId,
      content: { ...content, contactPhone: '+8613800138000' },
      placeNames: { '310115': '上海市浦东新区' },
    } as unknown as Parameters<typeof draftOf>[0]
    expect(bodyOfDraft(draftOf(entry, '鼓楼区'), requestId)).toEqual({
      requestId,
      commitment: true,
      corrects: requestId,
      ...content,
      contactPhone: '+8613800138000',
    })
    // The promise is given anew.
    expect(draftOf(entry, '鼓楼区').agreed).toBe(false)
  })
})

describe('what is missing', () => {
  it('is nothing in a whole draft', () => {
    for (const step of [0, 1, 2, 3]) expect(faultsOfStep(draft, step)).toEqual({})
  })

  it.each<[number, Partial<Draft>, string, string]>([
    [0, { self: false, memberIds: [] }, 'memberIds', 'nobody'],
    [0, { mode: '' }, 'arrivalMode', 'choose'],
    [0, { number: ' ' }, 'arrivalNumber', 'required'],
    [0, { arriveAt: '1' }, 'plannedArrivalAt', 'format'],
    [1, { origin: { code: '', name: '' } }, 'originCode', 'choose'],
    [1, { stays: [] }, 'stays', 'required'],
    [2, { destination: { code: '', name: '' } }, 'destinationCode', 'choose'],
    [2, { detail: ' ' }, 'destinationDetail', 'required'],
    [2, { reason: '' }, 'reason', 'choose'],
    [3, { unwell: { [memberId]: [] } }, `unwell.${memberId}`, 'symptoms'],
    [3, { unwell: { '': [] } }, 'unwell.', 'symptoms'],
    [3, { testResult: 'negative' }, 'latestTest.sampledOn', 'required'],
    [3, { agreed: false }, 'commitment', 'required'],
  ])('of step %i with %j is named at its field', (step, part, field, reason) => {
    const faults = faultsOfStep({ ...draft, ...part }, step)
    expect(faults).toEqual({ [field]: reason })
    expect(stepOfFaults(faults)).toBe(step)
  })

  it('needs no number where there is none, and no symptoms of somebody who stays at home', () => {
    expect(faultsOfStep({ ...draft, mode: 'other', number: '' }, 0)).toEqual({})
    const staysHome = { ...draft, memberIds: [], unwell: { [memberId]: [] } }
    expect(faultsOfStep(staysHome, 3)).toEqual({})
    expect(bodyOfDraft({ ...staysHome, unwell: { [memberId]: ['fever'] } }, requestId).unwell).toEqual([])
  })

  it('leads to the step of the field that the server refused', () => {
    expect(stepOfFaults({ 'memberIds.0': 'not_a_member' })).toBe(0)
    expect(stepOfFaults({ 'stays.1.fromOn': 'overlap' })).toBe(1)
    expect(stepOfFaults({ contactPhone: 'format' })).toBe(2)
    expect(stepOfFaults({ something: 'else' })).toBe(3)
  })
})

it('a traveller who left the family meanwhile is named, so that they can be unticked', () => {
  expect(formerMembers(draft, [])).toEqual([memberId])
  expect(formerMembers(draft, [{ memberId }])).toEqual([])
})
