interface Bar {
  key: string
  label: string
  count: number
  words: string
}

/** Counts as bars under their words, the longest filling the line. */
export const BarList = ({ bars, neutral = false }: { bars: readonly Bar[]; neutral?: boolean }) => {
  const most = Math.max(1, ...bars.map(({ count }) => count))
  return (
    <ul className="bar-list">
      {bars.map(({ key, label, count, words }) => (
        <li key={key}>
          <span>{label}</span>
          <span>{words}</span>
          <div className={neutral ? 'bar neutral' : 'bar'} aria-hidden="true">
            <span style={{ width: `${(count / most) * 100}%` }} />
          </div>
        </li>
      ))}
    </ul>
  )
}
