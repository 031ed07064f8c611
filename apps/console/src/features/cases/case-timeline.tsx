import type { Case, CaseStay } from '@jiankangbao/contracts/tracing/schemas'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import { cutByDay, daysBetween } from './timeline-spans.ts'

const HOURS = [0, 3, 6, 9, 12, 15, 18, 21] as const
const MARKS = { check: '◇', sample: '✚', entry: '⇥' } as const

interface Props {
  opened: Case
  colours: ReadonlyMap<string, number>
  /** Absent where nothing can be adjusted any more. */
  onOpen: ((stayId: string) => void) | undefined
}

/** Days below each other, hours from left to right: each stay a bar in the colour of its venue, each event a mark. */
export const CaseTimeline = ({ opened, colours, onOpen }: Props) => {
  const { t } = useTranslation()
  const from = Math.min(
    Date.parse(opened.infectiousFrom),
    ...opened.stays.map((each) => Date.parse(each.fromAt)),
  )
  const until = Math.max(
    Date.parse(opened.infectiousUntil),
    ...opened.stays.map((each) => Date.parse(each.untilAt)),
  )
  const days = daysBetween(from, until)
  return (
    <figure className="case-timeline" data-testid="case-timeline">
      <div className="case-hours" aria-hidden="true">
        {HOURS.map((hour) => (
          <span key={hour} style={{ left: `${(100 * hour) / 24}%` }}>
            {String(hour).padStart(2, '0')}
          </span>
        ))}
      </div>
      {days.map((day) => (
        <div key={day} className="case-day">
          <span className="case-date small">{day.slice(5)}</span>
          <div className="case-track">
            <Window opened={opened} day={day} />
            {opened.stays.map((stay) => (
              <StayBars
                key={stay.stayId}
                stay={stay}
                day={day}
                colour={colours.get(stay.venueId) ?? 0}
                onOpen={onOpen}
              />
            ))}
            <Events opened={opened} day={day} />
          </div>
        </div>
      ))}
      <figcaption className="quiet small">{t('cases.timelineHint')}</figcaption>
      <Legend stays={opened.stays} colours={colours} />
    </figure>
  )
}

/** Only of a day of which a part lies outside: the hours in which it was infectious are lighter. */
const Window = ({ opened, day }: { opened: Case; day: string }) => {
  const part = cutByDay(Date.parse(opened.infectiousFrom), Date.parse(opened.infectiousUntil)).find(
    (each) => each.day === day,
  )
  if (!part) return null
  return (
    <span
      className="case-infectious"
      style={{ left: `${100 * part.start}%`, width: `${100 * part.width}%` }}
    />
  )
}

interface BarProps {
  stay: CaseStay
  day: string
  colour: number
  onOpen: Props['onOpen']
}

const StayBars = ({ stay, day, colour, onOpen }: BarProps) => {
  const { t } = useTranslation()
  const part = cutByDay(Date.parse(stay.fromAt), Date.parse(stay.untilAt)).find((each) => each.day === day)
  if (!part) return null
  const words = t('cases.stayWords', {
    place: `${stay.venueName} ${stay.pointName}`,
    from: formatInstant(stay.fromAt),
    until: formatInstant(stay.untilAt).slice(11),
    counted: t(stay.counted ? 'cases.counts' : 'cases.countsNot'),
  })
  return (
    <button
      type="button"
      className={`case-bar case-colour-${colour} ${stay.counted ? '' : 'case-unticked'}`}
      style={{ left: `${100 * part.start}%`, width: `${100 * part.width}%` }}
      title={words}
      aria-label={words}
      disabled={!onOpen}
      onClick={() => onOpen?.(stay.stayId)}
    />
  )
}

const Events = ({ opened, day }: { opened: Case; day: string }) => {
  const { t } = useTranslation()
  return opened.events.map(({ at, event, place, result }) => {
    const [part] = cutByDay(Date.parse(at), Date.parse(at))
    if (part?.day !== day) return null
    const words = [
      formatInstant(at),
      t(`cases.events.${event}`),
      place,
      result && t(`cases.results.${result}`, { defaultValue: result }),
    ]
      .filter(Boolean)
      .join(' · ')
    return (
      <span
        key={`${at} ${event}`}
        className={`case-event case-event-${event}`}
        style={{ left: `${100 * part.start}%` }}
        title={words}
        role="img"
        aria-label={words}
      >
        {MARKS[event]}
      </span>
    )
  })
}

const Legend = ({ stays, colours }: { stays: readonly CaseStay[]; colours: Props['colours'] }) => {
  const { t } = useTranslation()
  const venues = new Map(stays.map(({ venueId, venueName }) => [venueId, venueName]))
  return (
    <ul className="case-legend small">
      {[...venues].map(([venueId, name]) => (
        <li key={venueId}>
          <span className={`case-swatch case-colour-${colours.get(venueId) ?? 0}`} /> {name}
        </li>
      ))}
      {(['check', 'sample', 'entry'] as const).map((event) => (
        <li key={event}>
          {MARKS[event]} {t(`cases.events.${event}`)}
        </li>
      ))}
    </ul>
  )
}
