import type { Announcement } from '@jiankangbao/contracts/announcement/schemas'
import { languageFacts, say } from '../../words/words.ts'
import { textOf } from './announcement-row.tsx'

export type PolicyRow = Announcement['policyRows'][number]

const originText = (row: PolicyRow, names: Record<string, string>): string => {
  switch (row.origin) {
    case 'place':
      return (row.placeCodes ?? []).map((code) => names[code] ?? code).join(languageFacts().betweenNames)
    case 'risk':
      return say(`origin.risk.${row.riskLevel ?? 'high'}`)
    default:
      return say(`origin.from.${row.origin}`)
  }
}

/** Whom a row is about: the place, and since when or how long ago. */
export const rowOrigin = (row: PolicyRow, names: Record<string, string>): string =>
  [
    originText(row, names),
    row.sinceOn !== undefined && say('origin.since', { day: row.sinceOn }),
    row.withinDays !== undefined && say('origin.within', { days: row.withinDays }),
  ]
    .filter(Boolean)
    .join(' · ')

/** What a row asks, in its own words and measure by measure, with the paragraph that says so. */
export const MeasureList = ({ row }: { row: PolicyRow }) => (
  <>
    <p>{textOf(row.words)}</p>
    <p className="small">
      {row.measures
        .map(({ measure, days = 0, tests = 0, hours = 0 }) =>
          say(`origin.measure.${measure}`, { days, tests, hours }),
        )
        .join(' · ')}
    </p>
    <p className="small">{say('origin.paragraph', { paragraph: row.paragraph })}</p>
  </>
)
