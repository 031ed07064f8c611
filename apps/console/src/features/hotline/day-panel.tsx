import type { HotlineDesk } from '@jiankangbao/contracts/hotline/schemas'
import { Progress } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useTexts } from '../../locales/i18n.ts'

const HoursChart = lazy(() => import('./hours-chart.tsx'))

/** The numbers of the day: calls, how many were answered in time, what they were about. */
export const DayPanel = ({ desk }: { desk: HotlineDesk }) => {
  const { t } = useTranslation()
  const { day, policy } = desk
  const share = day.timed === 0 ? undefined : Math.round((100 * day.inTime) / day.timed)
  const figures = [
    ['calls', day.calls],
    ['ticketsMade', day.tickets.made],
    ['ticketsAnswered', day.tickets.answered],
    ['ticketsLate', day.tickets.late],
  ] as const
  return (
    <section className="panel" aria-label={t('hotline.today')}>
      <h2>{t('hotline.today')}</h2>
      <dl className="hotline-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`hotline.${name}`)}</dt>
            <dd data-testid={`day-${name}`}>{value}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('hotline.inTime', { seconds: policy.answerSeconds, share: policy.answerShare })}</h3>
      <p className="quiet small" data-testid="timed-by">
        {t(`hotline.timedBy.${day.timedBy}`, { count: day.timed, seconds: policy.answerSeconds })}
      </p>
      {share === undefined ? (
        <p className="quiet">{t('hotline.notTimed')}</p>
      ) : (
        <Progress
          percent={share}
          status={share < policy.answerShare ? 'exception' : 'success'}
          aria-label={t('hotline.inTime', { seconds: policy.answerSeconds, share: policy.answerShare })}
        />
      )}
      <ByCode desk={desk} />
      {day.hours.length > 0 && (
        <>
          <h3>{t('hotline.byHour')}</h3>
          <Suspense>
            <HoursChart hours={day.hours} />
          </Suspense>
        </>
      )}
    </section>
  )
}

/** Bars that are a table too: a code, how many calls, how long against the most. */
const ByCode = ({ desk: { day, policy } }: { desk: HotlineDesk }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const [most] = day.wrapUps
  if (!most) return day.calls === 0 ? <p className="quiet">{t('hotline.noCalls')}</p> : null
  return (
    <>
      <h3>{t('hotline.byCode')}</h3>
      <ul className="plain-list hotline-bars">
        {day.wrapUps.map(({ key, calls }) => {
          const title = policy.wrapUps.find((each) => each.key === key)?.title
          return (
            <li key={key} data-testid="day-code">
              <span>{title ? read(title) : key}</span>
              <span className="hotline-bar" aria-hidden="true">
                <span style={{ width: `${(100 * calls) / most.calls}%` }} />
              </span>
              <b>{calls}</b>
            </li>
          )
        })}
      </ul>
    </>
  )
}
