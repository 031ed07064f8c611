import { CaseId, PersonId } from '@jiankangbao/contracts/atoms'
import { expect, it } from 'vitest'
import { createHiddenIds } from '../keys/hidden-ids.ts'
import { createMemoryKeyProvider } from '../keys/key-provider.ts'
import { planHiddenIds } from './hidden-id-plan.ts'

const text = { type: 'string' }
const object = (properties: object) => ({ type: 'object', properties })
const array = (items: object) => ({ type: 'array', items })

const ids = createHiddenIds(createMemoryKeyProvider())
const planOf = (schema: unknown) => {
  const plan = planHiddenIds(schema)
  if (!plan) throw new Error('no ids found')
  return plan
}

it('is nothing for a schema without hidden ids', () => {
  expect(planHiddenIds(undefined)).toBeUndefined()
  expect(planHiddenIds(object({ name: text, list: array({ type: 'integer' }) }))).toBeUndefined()
})

it('changes ids wherever they stand, and nothing else', () => {
  const plan = planOf(
    object({
      entries: array(object({ person: object({ personId: PersonId }), note: text })),
      caseIds: array(CaseId),
      caseId: CaseId,
    }),
  )
  const given = {
    entries: [{ person: { personId: '7' }, note: '7' }, { note: '8' }],
    caseIds: ['7', '9'],
    more: '7',
  }
  const before = structuredClone(given)
  const written = plan.write(given, ids)
  expect(written).toEqual({
    entries: [{ person: { personId: ids.write('person', '7') }, note: '7' }, { note: '8' }],
    caseIds: [ids.write('case', '7'), ids.write('case', '9')],
    more: '7',
  })
  // What a handler keeps is not touched.
  expect(given).toEqual(before)
  expect(plan.read(written, ids)).toEqual({ value: given, wrong: [] })
})

it('reads what several alternatives have in common once', () => {
  const plan = planOf({
    anyOf: [
      object({ kind: { const: 'a' }, personId: PersonId }),
      object({ kind: { const: 'b' }, personId: PersonId, caseId: CaseId }),
    ],
  })
  const value = { kind: 'b', personId: '1', caseId: '2' }
  expect(plan.read(plan.write(value, ids), ids)).toEqual({ value, wrong: [] })
  expect(() => planHiddenIds({ anyOf: [object({ id: PersonId }), object({ id: CaseId })] })).toThrow(
    'several kinds',
  )
})

it('names each id that is none, or of another kind of thing', () => {
  const plan = planOf(object({ people: array(PersonId), caseId: CaseId }))
  const people = [ids.write('person', '1'), ids.write('case', '1'), '2']
  expect(plan.read({ people, caseId: ids.write('case', '1') }, ids).wrong).toEqual([
    { field: 'people.1', reason: 'format' },
    { field: 'people.2', reason: 'format' },
  ])
})
