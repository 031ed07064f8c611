import type { FindingCategory } from '@jiankangbao/contracts/schemas/finding'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'

/** Categories of the rules in force: what they do and how they end. */
export const findingCategoriesQuery = queryOptions({
  queryKey: ['finding-categories'],
  queryFn: () => call('listFindingCategories', {}),
  staleTime: 60 * 60_000,
})

export type EndKind = FindingCategory['endKinds'][number]

/** How findings of all these categories may end; the server has the last word on one that the rules do not know. */
export const listEndKinds = (known: readonly FindingCategory[], categories: readonly string[]): EndKind[] => {
  const kinds: EndKind[] = ['ended', 'withdrawn']
  return kinds.filter((kind) =>
    categories.every(
      (name) => known.find(({ category }) => category === name)?.endKinds.includes(kind) ?? true,
    ),
  )
}
