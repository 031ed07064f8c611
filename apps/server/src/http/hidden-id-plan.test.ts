import { CaseId, Closed, PersonId } from '@jiankangbao/contracts/atoms'
import { Type } from 'typebox'
import { expect, it } from 'vitest'
import { createHiddenIds } from '../keys/hidden-ids.ts'
import { createMemoryKeyProvider } from '../keys/key-provider.ts'
import { planHiddenIds } from './hidden-id-plan.ts'

const ids = createHiddenIds(createMemoryKeyProvider())
const planOf = (schema: unknown) => {
  const plan = planHiddenIds(schema)
  if (!plan) throw new Error('no ids found')
  return plan
}

it('is nothing for a schema without hidden ids', () => {
  expect(planHiddenIds(undefined)).toBeUndefined()
  expect(
    planHiddenIds(Type.Object({ name: Type.String(), list: Type.Array(Type.Integer()) })),
  ).toBeUndefined()
})

it('changes ids wherever they stand, and nothing else', () => {
  const plan = planOf(
    Type.Object({
      entries: Type.Array(
        Type.Object({ person: Type.Optional(Type.Object({ personId: PersonId })), note: Type.String() }),
      ),
      caseIds: Type.Array(CaseId),
      caseId: Type.Optional(CaseId),
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
  const plan = planOf(
    Type.Union([
      Closed({ kind: Type.Literal('a'), personId: PersonId }),
      Closed({ kind: Type.Literal('b'), personId: PersonId, caseId: CaseId }),
    ]),
  )
  const value = { kind: 'b', personId: '1', caseId: '2' }
  expect(plan.read(plan.write(value, ids), ids)).toEqual({ value, wrong: [] })
  expect(() => planHiddenIds(Type.Union([Closed({ id: PersonId }), Closed({ id: CaseId })]))).toThrow(
    'several kinds',
  )
})

it('names each id that is none, or of another kind of thing', () => {
  const plan = planOf(Closed({ people: Type.Array(PersonId), caseId: CaseId }))
  const people = [ids.write('person', '1'), ids.write('case', '1'), '2']
  expect(plan.read({ people, caseId: ids.write('case', '1') }, ids).wrong).toEqual([
    { field: 'people.1', reason: 'format' },
    { field: 'people.2', reason: 'format' },
  ])
})
