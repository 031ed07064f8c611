import { createMemoryStore } from '@jiankangbao/outbox/memory-store'
import { createShelf } from '@jiankangbao/outbox/shelf'
import { describe, expect, it } from 'vitest'
import { type Answer, createAnswers } from './answers.ts'
import { answerOf, START, visitAt } from './scan-examples.ts'

const HOUR = 3_600_000

const setUp = () => {
  const phone = { owner: 'li' as string | undefined, now: START }
  const shelf = createShelf<Answer>(createMemoryStore(), 'answer.')
  return { phone, shelf, answers: createAnswers({ shelf, owner: () => phone.owner, now: () => phone.now }) }
}

describe('answers of doors', () => {
  it('the first answer to a scan stays as it was given', () => {
    const { answers } = setUp()
    answers.keep('li', visitAt('a'), answerOf())
    answers.keep('li', visitAt('a'), { ...answerOf(), presence: false })
    expect(answers.find('a')?.groups).toEqual([{ scanId: 'a', recorded: answerOf() }])
  })

  it('shows nobody another person’s answer', () => {
    const { answers, phone } = setUp()
    answers.keep('li', visitAt('a'), answerOf())
    phone.owner = 'wang'
    expect(answers.find('a')).toBeUndefined()
    phone.owner = undefined
    expect(answers.find('a')).toBeUndefined()
  })

  it('keeps twenty for two days', () => {
    const { answers, phone, shelf } = setUp()
    for (let at = 0; at < 25; at += 1) answers.keep('li', visitAt(`s${at}`, START + at), answerOf())
    expect(answers.find('s4')).toBeUndefined()
    expect(answers.find('s5')).toBeDefined()
    phone.now = START + 49 * HOUR
    expect(answers.find('s24')).toBeUndefined()
    expect(shelf.all()).toEqual([])
  })
})
