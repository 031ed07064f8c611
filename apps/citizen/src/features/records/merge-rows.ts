/**
 * The newest page put on top of what is on the screen. Rows that are there stay as they were shown; where the pages no longer
 * meet, because more came than a page holds, only the new one is left.
 * @returns whether they met: older pages follow the ones before then
 */
export const mergeRows = <Row>(
  fresh: readonly Row[],
  shown: readonly Row[],
  keyOf: (row: Row) => string,
): { rows: Row[]; met: boolean } => {
  const known = new Map(shown.map((row) => [keyOf(row), row]))
  const met = fresh.some((row) => known.has(keyOf(row)))
  if (!met) return { rows: [...fresh], met: false }
  const top = new Set(fresh.map(keyOf))
  return {
    rows: [
      ...fresh.map((row) => known.get(keyOf(row)) ?? row),
      ...shown.filter((row) => !top.has(keyOf(row))),
    ],
    met: true,
  }
}
