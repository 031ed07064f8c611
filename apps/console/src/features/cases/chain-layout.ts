import type { ChainCase, ChainLink } from '@jiankangbao/contracts/tracing/case-links'

/** Where a case stands in the picture: its column is its place in the days, its row the place in its family. */
export interface Placed {
  caseId: string
  column: number
  row: number
}

/**
 * Cases from left to right by the day they fell ill, each one below the rows of what came before it; a likeliest origin and its
 * first follower share a row.
 */
export const placeCases = (
  cases: readonly Pick<ChainCase, 'caseId' | 'anchorAt'>[],
  links: readonly Pick<ChainLink, 'fromCaseId' | 'toCaseId' | 'likeliest'>[],
): Placed[] => {
  const days = [...new Set(cases.map(({ anchorAt }) => anchorAt.slice(0, 10)))].sort()
  const originOf = new Map(
    links.filter(({ likeliest }) => likeliest).map(({ fromCaseId, toCaseId }) => [toCaseId, fromCaseId]),
  )
  const placed = new Map<string, Placed>()
  const taken = new Set<string>()
  const inOrder = [...cases].sort((one, other) => one.anchorAt.localeCompare(other.anchorAt))
  for (const { caseId, anchorAt } of inOrder) {
    const column = days.indexOf(anchorAt.slice(0, 10))
    let row = placed.get(originOf.get(caseId) ?? '')?.row ?? 0
    while (taken.has(`${column} ${row}`)) row++
    taken.add(`${column} ${row}`)
    placed.set(caseId, { caseId, column, row })
  }
  return [...placed.values()]
}
