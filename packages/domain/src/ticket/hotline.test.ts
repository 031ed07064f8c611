import { describe, expect, it } from 'vitest'
import { completePolicy, faultOfPolicy, isDeskFull, DEFAULT_HOTLINE_POLICY as policy } from './hotline.ts'
import { TICKET_KINDS } from './ticket.ts'

describe('what counts until a city has its own', () => {
  it('is what the city promises: 15 seconds, 95 %, consultation two working days, complaint five', () => {
    expect([policy.answerSeconds, policy.answerShare]).toEqual([15, 95])
    expect(TICKET_KINDS.map((kind) => `${kind} ${policy.workingDays[kind]}`)).toEqual([
      ...[
        'question 2',
        'call_back 1',
        'cannot_register 2',
        'wrong_data 2',
        'paper_code 2',
        'venue 5',
        'rude_check 5',
      ],
      'praise 5',
    ])
  })

  it('fits together, and says everything in both languages', () => {
    expect(faultOfPolicy(policy)).toBeUndefined()
    const texts = [
      ...policy.wrapUps.map(({ title }) => title),
      ...policy.readyAnswers.flatMap(({ title, words }) => [title, words]),
    ]
    for (const { zh, en } of texts) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/)
      expect(en).toMatch(/^[A-Z]/)
      expect(en).not.toMatch(/[\u4e00-\u9fff]/)
    }
  })
})

describe('a policy', () => {
  const [first] = policy.wrapUps
  const [ready] = policy.readyAnswers
  it.each([
    [{ wrapUps: [...policy.wrapUps, first] }, `wrapUps.${policy.wrapUps.length}.key duplicate`],
    [{ readyAnswers: [ready, ready] }, 'readyAnswers.1.key duplicate'],
    [{ readyAnswers: [] }, 'wrapUps.0.answer unknown'],
  ])('with a fault says where', (part, expected) => {
    const fault = faultOfPolicy({ ...policy, ...part } as typeof policy)
    expect(fault && `${fault.field} ${fault.reason}`).toBe(expected)
  })
})

it('is complete, also where it was released before a kind of tickets came', () => {
  const { call_back, ...workingDays } = policy.workingDays
  const before = { ...policy, answerSeconds: 20, workingDays } as typeof policy
  expect(completePolicy(before)).toEqual({ ...policy, answerSeconds: 20 })
  expect(call_back).toBe(1)
})

describe('the desk', () => {
  const norms = { ...policy, waitingPerOperator: 3, ticketsPerOperator: 20 }
  it.each([
    [{ present: 2, waiting: 5, tickets: 39 }, false],
    [{ present: 2, waiting: 6, tickets: 0 }, true],
    [{ present: 2, waiting: 0, tickets: 40 }, true],
    [{ present: 2, waiting: undefined, tickets: 0 }, false],
    // At night nobody is there, and nobody waits either.
    [{ present: 0, waiting: undefined, tickets: 500 }, false],
    [{ present: 0, waiting: 1, tickets: 0 }, true],
  ])('%j is full: %s', (load, expected) => expect(isDeskFull(norms, load)).toBe(expected))
})
