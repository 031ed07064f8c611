import type { Desk } from '@jiankangbao/contracts/desk/schemas'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { problemsOf } from '../system/system-problems.ts'
import { AgeBars, DeskNumbers, DeskPanel, HourBars } from './desk-panel.tsx'

const EVERY_MS = 60_000

const Oldest = ({ at }: { at: string | undefined }) => {
  const { t } = useTranslation()
  if (!at) return <p className="quiet small work-foot">{t('overview.nothing')}</p>
  return <p className="quiet small work-foot">{t('overview.oldest', { at: formatInstant(at) })}</p>
}

const Approvals = ({ approvals }: { approvals: NonNullable<Desk['approvals']> }) => {
  const { t } = useTranslation()
  const to = (more: object) => pathTo('/proposals/:proposalId?', { state: 'open', ...more })
  const open = approvals.ages.reduce((sum, { count }) => sum + count, 0)
  return (
    <DeskPanel testId="desk-approvals" title={t('overview.approvals')} to={to({})}>
      <DeskNumbers
        numbers={[
          { label: t('overview.toApprove'), count: open, to: to({}) },
          {
            label: t('overview.alarmed'),
            count: approvals.alarmed,
            urgent: true,
            to: to({ alarmed: 'true' }),
          },
          { label: t('overview.mine'), count: approvals.mine, to: to({ mine: 'true' }) },
        ]}
      />
      <AgeBars label={t('overview.waitingSince')} ages={approvals.ages} kind="waiting" />
      <Oldest at={approvals.oldestAt} />
    </DeskPanel>
  )
}

const Appeals = ({ appeals }: { appeals: NonNullable<Desk['appeals']> }) => {
  const { t } = useTranslation()
  const to = (state: string) => pathTo('/appeals', { state })
  return (
    <DeskPanel testId="desk-appeals" title={t('overview.appeals')} to={pathTo('/appeals')}>
      <DeskNumbers
        numbers={[
          { label: t('overview.submitted'), count: appeals.submitted, to: to('submitted') },
          { label: t('overview.inProgress'), count: appeals.inProgress, to: to('in_progress') },
          { label: t('overview.proposed'), count: appeals.proposed, to: to('proposed') },
        ]}
      />
      <AgeBars label={t('overview.waitingSince')} ages={appeals.ages} kind="waiting" />
      <Oldest at={appeals.oldestAt} />
    </DeskPanel>
  )
}

const Tickets = ({ tickets }: { tickets: NonNullable<Desk['tickets']> }) => {
  const { t } = useTranslation()
  return (
    <DeskPanel testId="desk-tickets" title={t('overview.tickets')} to={pathTo('/tickets')}>
      <DeskNumbers
        numbers={[
          {
            label: t('overview.overdue'),
            count: tickets.overdue,
            urgent: true,
            to: pathTo('/tickets', { overdue: 'true' }),
          },
          {
            label: t('overview.unassigned'),
            count: tickets.unassigned,
            to: pathTo('/tickets', { state: 'new' }),
          },
          { label: t('overview.paused'), count: tickets.paused },
        ]}
      />
      <AgeBars label={t('overview.timeLeft')} ages={tickets.left} kind="left" overdue={tickets.overdue} />
    </DeskPanel>
  )
}

const Cases = ({ cases }: { cases: NonNullable<Desk['cases']> }) => {
  const { t } = useTranslation()
  const objections = pathTo('/exposure-objections')
  return (
    <DeskPanel testId="desk-cases" title={t('overview.cases')} to={pathTo('/cases')}>
      <DeskNumbers
        numbers={[
          { label: t('overview.openCases'), count: cases.open, to: pathTo('/cases') },
          { label: t('overview.waitingCases'), count: cases.waiting, to: pathTo('/cases') },
          { label: t('overview.objections'), count: cases.objections, to: objections },
          {
            label: t('overview.objectionsOverdue'),
            count: cases.objectionsOverdue,
            urgent: true,
            to: objections,
          },
        ]}
      />
      <p className="quiet small work-foot">
        {cases.nextDueAt
          ? t('overview.nextDue', { at: formatInstant(cases.nextDueAt) })
          : t('overview.noObjection')}
      </p>
    </DeskPanel>
  )
}

const Tubes = ({ tubes }: { tubes: NonNullable<Desk['tubes']> }) => {
  const { t } = useTranslation()
  return (
    <DeskPanel testId="desk-tubes" title={t('overview.tubes')} to={pathTo('/laboratory')}>
      <DeskNumbers
        numbers={[
          { label: t('overview.boxesOnTheWay'), count: tubes.boxesOnTheWay, to: pathTo('/laboratory') },
          { label: t('overview.held'), count: tubes.held, urgent: true, to: pathTo('/held-results') },
          { label: t('overview.resultsToday'), count: tubes.today },
        ]}
      />
      <AgeBars label={t('overview.waitingSince')} ages={tubes.ages} kind="waiting" />
      <Oldest at={tubes.oldestAt} />
    </DeskPanel>
  )
}

const Venues = ({ venues }: { venues: NonNullable<Desk['venues']> }) => {
  const { t } = useTranslation()
  const sum = (of: 'count' | 'refused') => venues.hours.reduce((total, each) => total + each[of], 0)
  return (
    <DeskPanel testId="desk-venues" title={t('overview.venues')} to={pathTo('/venues')}>
      <DeskNumbers
        numbers={[
          { label: t('overview.ownVenues'), count: venues.venues, to: pathTo('/venues') },
          { label: t('overview.scansToday'), count: sum('count') },
          { label: t('overview.refusedToday'), count: sum('refused'), urgent: true },
        ]}
      />
      <HourBars label={t('overview.scansToday')} hours={venues.hours} />
    </DeskPanel>
  )
}

const Checks = ({ checks }: { checks: NonNullable<Desk['checks']> }) => {
  const { t } = useTranslation()
  return (
    <DeskPanel testId="desk-checks" title={t('overview.checks')} to={pathTo('/checkpoint')}>
      <DeskNumbers
        numbers={[
          { label: t('overview.admitted'), count: checks.admitted },
          { label: t('overview.refused'), count: checks.refused, urgent: true },
          { label: t('overview.reviewed'), count: checks.reviewed },
        ]}
      />
      <HourBars label={t('overview.checks')} hours={checks.hours} />
      <p className="quiet small work-foot">
        {checks.lastAt
          ? t('overview.lastCheck', { at: formatInstant(checks.lastAt) })
          : t('overview.noCheck')}
      </p>
    </DeskPanel>
  )
}

/** What the server counts for the caller; a part is there for those whose work it is. */
export const DeskParts = ({ desk }: { desk: Desk }) => (
  <>
    {desk.approvals && <Approvals approvals={desk.approvals} />}
    {desk.cases && <Cases cases={desk.cases} />}
    {desk.tubes && <Tubes tubes={desk.tubes} />}
    {desk.tickets && <Tickets tickets={desk.tickets} />}
    {desk.appeals && <Appeals appeals={desk.appeals} />}
    {desk.checks && <Checks checks={desk.checks} />}
    {desk.venues && <Venues venues={desk.venues} />}
  </>
)

/** People looked after, of the division: whom nobody has seen, what is overdue, and who was seen at a door. */
export const FollowUpPart = () => {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['follow-ups', 'figures', {}],
    queryFn: () => call('getFollowUpFigures', { query: {} }),
    refetchInterval: EVERY_MS,
  })
  if (!data) return null
  const to = (view: string) => pathTo('/follow-ups', { view })
  const seen = data.all - data.to_see
  const share = data.all > 0 ? Math.round((seen / data.all) * 100) : 0
  return (
    <DeskPanel testId="desk-follow-ups" title={t('overview.followUps')} to={to('to_see')}>
      <DeskNumbers
        numbers={[
          { label: t('overview.doorAlarms'), count: data.alarms, urgent: true, to: to('all') },
          { label: t('overview.toSee'), count: data.to_see, to: to('to_see') },
          { label: t('overview.followUpsOverdue'), count: data.overdue, urgent: true, to: to('overdue') },
          { label: t('overview.testDue'), count: data.test_due, to: to('test_due') },
          { label: t('overview.ill'), count: data.ill, urgent: true, to: to('ill') },
          { label: t('overview.offered'), count: data.offered, to: to('offered') },
          ...(data.unassigned > 0
            ? [{ label: t('overview.nobodys'), count: data.unassigned, urgent: true, to: to('unassigned') }]
            : []),
        ]}
      />
      <div className="work-share">
        <span className="quiet small">{t('overview.seenOf', { seen, all: data.all })}</span>
        <span className="work-track">
          <span style={{ width: `${share}%` }} />
        </span>
      </div>
    </DeskPanel>
  )
}

/** What is wrong with the system itself, in words. */
export const SystemPart = () => {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['system', 'overview'],
    queryFn: () => call('getSystemState', {}),
    refetchInterval: EVERY_MS,
  })
  if (!data) return null
  const problems = problemsOf(data)
  const count = (state: string) => data.jobs.filter((job) => job.state === state).length
  return (
    <DeskPanel testId="desk-system" title={t('overview.system')} to={pathTo('/system')}>
      <DeskNumbers
        numbers={[
          { label: t('overview.jobsWell'), count: count('well'), to: pathTo('/system') },
          { label: t('overview.jobsFailing'), count: count('failing'), urgent: true, to: pathTo('/system') },
          { label: t('overview.jobsLate'), count: count('late'), urgent: true, to: pathTo('/system') },
          {
            label: t('overview.evaluationWaits'),
            count: data.queues.find(({ queue }) => queue === 'evaluation')?.waiting ?? 0,
          },
        ]}
      />
      {problems.length === 0 ? (
        <p className="quiet small work-foot">{t('system.well')}</p>
      ) : (
        <ul className="plain-list small">
          {problems.slice(0, 5).map(({ problem, values }) => (
            <li key={problem + (values.job ?? '')}>
              {t(`system.problems.${problem}`, {
                ...values,
                ...(values.job ? { job: t(`system.jobs.${values.job}`) } : {}),
              })}
            </li>
          ))}
        </ul>
      )}
    </DeskPanel>
  )
}
