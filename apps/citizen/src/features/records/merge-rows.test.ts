import { expect, it } from 'vitest'
import { mergeRows } from './merge-rows.ts'

const rows = (...ids: number[]) => ids.map((id) => ({ id, read: true }))
const keyOf = ({ id }: { id: number }) => String(id)
const idsOf = (merged: { rows: { id: number }[] }) => merged.rows.map(({ id }) => id)

it('puts what is new on top and loses nothing between the pages', () => {
  const merged = mergeRows(rows(7, 6, 5), rows(5, 4, 3, 2, 1), keyOf)
  expect([idsOf(merged), merged.met]).toEqual([[7, 6, 5, 4, 3, 2, 1], true])
})

it('leaves what is shown as it was: an unread mark stays', () => {
  const merged = mergeRows(rows(2, 1), [{ id: 1, read: false }], keyOf)
  expect(merged.rows).toEqual([
    { id: 2, read: true },
    { id: 1, read: false },
  ])
})

it('changes nothing where nothing is new', () => {
  expect(idsOf(mergeRows(rows(2, 1), rows(2, 1, 0), keyOf))).toEqual([2, 1, 0])
})

it('begins anew where more came than a page holds, and where nothing was there', () => {
  const merged = mergeRows(rows(9, 8, 7), rows(3, 2, 1), keyOf)
  expect([idsOf(merged), merged.met]).toEqual([[9, 8, 7], false])
  expect(mergeRows(rows(1), [], keyOf)).toEqual({ rows: rows(1), met: false })
})
