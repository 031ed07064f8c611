import { describe, expect, it } from 'vitest'
import {
  findFormFault,
  isSamePerson,
  isUnreachable,
  mayAct,
  stateAfterReturn,
  TICKET_STATES,
  type TicketAct,
  type TicketFacts,
} from './ticket.ts'

const facts = (more: Partial<TicketFacts> = {}): TicketFacts => ({
  state: 'new',
  returns: 0,
  settled: false,
  paused: false,
  merged: false,
  appealing: false,
  ...more,
})

describe('what may be done with a ticket', () => {
  it.each<[TicketAct, string]>([
    ['dispatch', 'new returned'],
    ['sign', 'dispatched'],
    ['sendBack', 'dispatched'],
    ['arbitrate', 'arbitration'],
    ['pause', 'signed'],
    ['answer', 'signed'],
    ['call', 'answered'],
    ['judge', 'answered'],
    ['merge', 'new dispatched signed returned arbitration answered'],
    ['withdraw', 'new dispatched signed returned arbitration'],
    ['write', 'new dispatched signed returned arbitration answered'],
  ])('%s in the states: %s', (act, states) =>
    expect(TICKET_STATES.filter((state) => mayAct(act, facts({ state }))).join(' ')).toBe(states),
  )

  it('is nothing while it is merged, and no answer while its appeal is open', () => {
    const acts: TicketAct[] = ['dispatch', 'sign', 'answer', 'call', 'judge', 'withdraw', 'write', 'merge']
    for (const state of TICKET_STATES)
      for (const act of acts) expect(mayAct(act, facts({ state, merged: true }))).toBe(false)
    expect(mayAct('answer', facts({ state: 'signed', appealing: true }))).toBe(false)
    expect(mayAct('write', facts({ state: 'signed', appealing: true }))).toBe(true)
  })

  it.each([
    [['1', 'a'], ['1', 'b'], ['1'], true],
    [['1', 'a'], ['2', 'a'], ['1'], false],
    [['1', 'a'], ['2', 'b'], ['1', '2'], true],
    [['1', 'a'], [null, 'a'], ['1'], false],
    [[null, 'a'], ['1', 'a'], [], false],
    [[null, 'a'], [null, 'a'], [], true],
    [[null, 'a'], [null, 'b'], [], false],
  ] as const)('%j and %j are of one person (one human: %j): %s', (one, other, human, expected) =>
    expect(
      isSamePerson({ personId: one[0], phone: one[1] }, { personId: other[0], phone: other[1] }, human),
    ).toBe(expected),
  )

  it('goes to the arbiter the second time, whose word stands', () => {
    expect(stateAfterReturn({ returns: 0 })).toBe('returned')
    expect(stateAfterReturn({ returns: 1 })).toBe('arbitration')
    expect(mayAct('sendBack', facts({ state: 'dispatched', settled: true }))).toBe(false)
  })
})

describe('forms', () => {
  const today = '2022-03-20'
  it.each([
    ['question', {}, undefined],
    ['question', { place: '示例商场' }, 'place not_allowed'],
    ['wrong_data', {}, 'choice required'],
    ['wrong_data', { choice: 'lost' }, 'choice not_allowed'],
    ['wrong_data', { choice: 'name' }, undefined],
    ['venue', { choice: 'no_code', place: '  ' }, 'place required'],
    ['rude_check', { place: '东门' }, 'happenedOn required'],
    ['rude_check', { place: '东门', happenedOn: '2022-03-21' }, 'happenedOn in_future'],
    ['rude_check', { place: '东门', happenedOn: '2022-03-20' }, undefined],
    ['praise', {}, undefined],
    ['praise', { happenedOn: '2022-03-20' }, 'happenedOn not_allowed'],
  ] as const)('%s with %j: %s', (kind, form, fault) => {
    const found = findFormFault(kind, form, today)
    expect(found && `${found.field} ${found.reason}`).toBe(fault)
  })
})

it('is unreachable after three different days, however often somebody tried', () => {
  const on = (text: string) => new Date(`${text}:00+08:00`).getTime()
  const two = [on('2022-03-20T09:00'), on('2022-03-20T10:00'), on('2022-03-20T16:00'), on('2022-03-21T23:59')]
  expect(isUnreachable(two)).toBe(false)
  expect(isUnreachable([...two, on('2022-03-22T00:00')])).toBe(true)
})
