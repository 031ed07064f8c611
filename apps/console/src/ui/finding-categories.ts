import type { FindingCategory } from '@jiankangbao/contracts/finding/schemas'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { addCategoryTitles } from './status-words.ts'

/** Categories of the rules in force: what they do and how they end. */
export const findingCategoriesQuery = queryOptions({
  queryKey: ['finding-categories'],
  queryFn: () => call('listFindingCategories', {}),
  staleTime: 60 * 60_000,
})

/** Every page below words categories as the rules in force title them, also those that came while it was open. */
export const useCategoryTitles = (): void => {
  const { i18n } = useTranslation()
  const { data } = useQuery({ ...findingCategoriesQuery, refetchInterval: 60 * 60_000 })
  useEffect(() => {
    if (data) addCategoryTitles(i18n, data.categories)
  }, [data, i18n])
}

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
