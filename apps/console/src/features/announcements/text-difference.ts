export interface DifferenceLine {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** Lines compared at most; beyond it all of the old is removed and all of the new added. */
const MOST_CELLS = 4_000_000

/** What became of a text, line by line: the longest common run of lines stays. */
export const compareTexts = (before: string, after: string): DifferenceLine[] => {
  const [old, now] = [before.split('\n'), after.split('\n')]
  if (old.length * now.length > MOST_CELLS)
    return [
      ...old.map((text) => ({ kind: 'removed' as const, text })),
      ...now.map((text) => ({ kind: 'added' as const, text })),
    ]
  // Length of the longest common run from each pair of lines on.
  const width = now.length + 1
  const lengths = new Uint32Array((old.length + 1) * width)
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: DifferenceLine[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ kind: 'same', text: old[i] ?? '' })
      i += 1
      j += 1
    } else if (i < old.length && (j >= now.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'removed', text: old[i] ?? '' })
      i += 1
    } else {
      lines.push({ kind: 'added', text: now[j] ?? '' })
      j += 1
    }
  }
  return lines
}
