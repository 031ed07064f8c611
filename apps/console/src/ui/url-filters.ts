import { useSearchParams } from 'react-router'

/**
 * Filters and the page key of a list, kept in the address: a list can be bookmarked, and "back" works.
 * Setting a filter goes back to the first page.
 */
export const useUrlFilters = <Name extends string>(names: readonly Name[]) => {
  const [params, setParams] = useSearchParams()
  const values: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = params.get(name)
    if (value) values[name] = value
  }
  const cursor = params.get('cursor') ?? undefined

  const set = (changes: Partial<Record<Name, string | undefined>>): void => {
    const next = new URLSearchParams(params)
    next.delete('cursor')
    for (const [name, value] of Object.entries(changes) as [string, string | undefined][]) {
      if (value) next.set(name, value)
      else next.delete(name)
    }
    setParams(next)
  }
  const goTo = (key: string | undefined): void => {
    const next = new URLSearchParams(params)
    if (key) next.set('cursor', key)
    else next.delete('cursor')
    setParams(next)
  }
  const paging = (nextCursor: string | undefined) => ({
    isFirst: cursor === undefined,
    toFirst: () => goTo(undefined),
    toNext: nextCursor === undefined ? undefined : () => goTo(nextCursor),
  })
  return { values, cursor, set, paging }
}

/** What the address chose of a list; undefined where it says something else. */
export const chosenOf = <Choice extends string>(
  choices: readonly Choice[],
  value: string | undefined,
): Choice | undefined => choices.find((choice) => choice === value)

export type UrlFilters = ReturnType<typeof useUrlFilters>
