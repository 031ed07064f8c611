import type { Ages, Hours } from '@jiankangbao/contracts/desk/schemas'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

interface DeskPanelProps {
  testId: string
  title: string
  /** The page on which the work is done. */
  to: string
  children: ReactNode
}

/** One kind of work of the desk: its figures, what they look like, and the way to it. */
export const DeskPanel = ({ testId, title, to, children }: DeskPanelProps) => {
  const { t } = useTranslation()
  return (
    <section className="panel work" aria-label={title} data-testid={testId}>
      <h2>
        {title}
        <Link to={to} className="small" aria-label={t('overview.openOf', { title })}>
          {t('overview.open')}
        </Link>
      </h2>
      {children}
    </section>
  )
}

export interface DeskNumberProps {
  label: string
  count: number
  /** Somebody should hurry. */
  urgent?: boolean
  to?: string
}

const DeskNumber = ({ label, count, urgent = false, to }: DeskNumberProps) => {
  const content = (
    <>
      <strong className={`work-count${urgent && count > 0 ? ' work-count-urgent' : ''}`}>
        {count.toLocaleString('en-US')}
      </strong>
      <span className="quiet small">{label}</span>
    </>
  )
  return to ? (
    <Link to={to} className="work-number">
      {content}
    </Link>
  ) : (
    <div className="work-number">{content}</div>
  )
}

export const DeskNumbers = ({ numbers }: { numbers: readonly DeskNumberProps[] }) => (
  <div className="work-numbers">
    {numbers.map((each) => (
      <DeskNumber key={each.label} {...each} />
    ))}
  </div>
)

interface AgeBarsProps {
  /** What the bars count, for whoever hears them. */
  label: string
  ages: Ages
  /** `waiting`: the last has waited longest; `left`: the first has least time left. */
  kind: 'waiting' | 'left'
  /** Over the clock; stands first, and red. */
  overdue?: number
}

/** How long what is open has waited, or how long it still has: bars of one scale, the urgent one red. */
export const AgeBars = ({ label, ages, kind, overdue }: AgeBarsProps) => {
  const { t } = useTranslation()
  const rows = ages.map(({ fromHours, count }, at) => {
    const toHours = ages[at + 1]?.fromHours
    const words =
      toHours === undefined
        ? t('overview.fromHours', { from: fromHours })
        : t('overview.hoursBetween', { from: fromHours, to: toHours })
    return { words, count, urgent: kind === 'waiting' ? toHours === undefined : at === 0 }
  })
  if (overdue !== undefined) rows.unshift({ words: t('overview.overdue'), count: overdue, urgent: true })
  const most = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <dl className="age-bars" aria-label={label}>
      {rows.map(({ words, count, urgent }) => (
        <div key={words}>
          <dt className="quiet small">{words}</dt>
          <dd>
            {count > 0 && (
              <span
                className={urgent ? 'age-bar age-urgent' : 'age-bar'}
                style={{ width: `${(count / most) * 75}%` }}
              />
            )}
            {count.toLocaleString('en-US')}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** The day by hours, what was refused darker at the foot. */
export const HourBars = ({ label, hours }: { label: string; hours: Hours }) => {
  const { t } = useTranslation()
  const most = Math.max(1, ...hours.map(({ count }) => count))
  const total = hours.reduce((sum, { count }) => sum + count, 0)
  return (
    <figure className="hour-bars">
      <div className="hour-slots" role="img" aria-label={t('overview.hoursOf', { label, count: total })}>
        {HOURS.map((hour) => {
          const { count = 0, refused = 0 } = hours.find((each) => each.hour === hour) ?? {}
          return (
            <span key={hour} className="hour-slot" title={t('overview.atHour', { hour, count, refused })}>
              <span className="hour-bar" style={{ height: `${(count / most) * 100}%` }}>
                <span
                  className="hour-refused"
                  style={{ height: `${count > 0 ? (refused / count) * 100 : 0}%` }}
                />
              </span>
            </span>
          )
        })}
      </div>
      <figcaption className="quiet small">
        <span>0</span>
        <span>6</span>
        <span>12</span>
        <span>18</span>
        <span>24</span>
      </figcaption>
    </figure>
  )
}
