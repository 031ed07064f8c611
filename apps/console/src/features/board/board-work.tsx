import type { Board } from '@jiankangbao/contracts/board/schemas'
import { useTranslation } from 'react-i18next'
import { pathTo } from '../../path-to.ts'
import { Figure, ShareBar } from './board-figure.tsx'
import { toAge } from './board-time.ts'

const LATE_SOURCE_MS = 3_600_000

const followUps = (view: string) => ({
  path: pathTo('/follow-ups', { view }),
  needs: 'listFollowUps' as const,
})

/** From a case to its list, the list's approval, and the people on it reached: how long, and how many in time. */
export const Steps = ({ steps }: { steps: Board['steps'] }) => {
  const { t } = useTranslation()
  return (
    <table className="board-steps" data-testid="board-steps">
      <thead className="board-steps-head">
        <tr>
          <th scope="col">{t('board.step')}</th>
          <th scope="col">{t('board.median')}</th>
          <th scope="col">{t('board.within', { hours: 24 })}</th>
          <th scope="col">{t('board.within', { hours: 48 })}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ step, of, done, medianHours, within24, of24, within48, of48 }) => (
          <tr key={step}>
            <th scope="row">
              {t(`board.steps.${step}`)}
              <small className="board-done">{t('board.doneOf', { done, of })}</small>
            </th>
            <td>{medianHours === undefined ? '—' : t('board.hours', { hours: medianHours })}</td>
            <td>{of24 > 0 ? `${Math.round((within24 / of24) * 100)}%` : '—'}</td>
            <td>{of48 > 0 ? `${Math.round((within48 / of48) * 100)}%` : '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** People looked after, how many of them were seen, and arrivals. */
export const LookedAfter = ({ figures }: { figures: Board['figures'] }) => {
  const { t } = useTranslation()
  const { followUps: held, entries } = figures
  const all = (held.isolated ?? 0) + (held.monitored ?? 0)
  const arrivals = { path: pathTo('/entries'), needs: 'listEntries' } as const
  return (
    <>
      <div className="board-figures">
        <Figure small label={t('board.isolated')} value={held.isolated} to={followUps('all')} />
        <Figure small label={t('board.monitored')} value={held.monitored} to={followUps('all')} />
        <Figure
          small
          label={t('board.unseen', { days: 1 })}
          value={held.unseen24}
          tone="yellow"
          to={followUps('to_see')}
        />
        <Figure
          small
          label={t('board.unseen', { days: 2 })}
          value={held.unseen48}
          tone="yellow"
          to={followUps('to_see')}
        />
        <Figure
          small
          label={t('board.unseen', { days: 3 })}
          value={held.unseen72}
          tone="red"
          to={followUps('to_see')}
        />
        <Figure small label={t('board.lost')} value={held.lost} tone="red" to={followUps('ended')} />
        <Figure small label={t('board.ill')} value={held.ill} tone="red" to={followUps('ill')} />
        <Figure
          small
          label={t('board.testOverdue')}
          value={held.testOverdue}
          tone="yellow"
          to={followUps('test_due')}
        />
      </div>
      <ShareBar label={t('board.seenToday')} part={held.seenToday ?? 0} whole={all} />
      <div className="board-figures">
        <Figure small label={t('board.planned')} value={entries.planned} to={arrivals} />
        <Figure small label={t('board.arrived')} value={entries.arrived} to={arrivals} />
        <Figure small label={t('board.received')} value={entries.received} to={arrivals} />
        <Figure small label={t('board.toReceive')} value={entries.waiting} tone="yellow" to={arrivals} />
      </div>
    </>
  )
}

export const Tests = ({ board }: { board: Board }) => {
  const { t } = useTranslation()
  const { tests } = board.figures
  const tubes = { path: pathTo('/reconciliation'), needs: 'listTubeDays' } as const
  return (
    <>
      <div className="board-figures">
        {tests.positives !== undefined && (
          <Figure small label={t('board.positives')} value={tests.positives} tone="red" />
        )}
        <Figure small label={t('board.positiveTubes')} value={tests.positive} tone="red" to={tubes} />
        <Figure small label={t('board.sampled')} value={tests.sampled} to={tubes} />
        <Figure small label={t('board.tubesWaiting')} value={tests.waiting} to={tubes} />
        <Figure small label={t('board.tubesLate')} value={tests.late} tone="yellow" to={tubes} />
      </div>
      {board.round ? (
        <>
          <ShareBar
            label={board.round.name}
            part={board.round.sampled}
            whole={board.round.expected - board.round.exempt}
          />
          <p className="board-label">
            {t('board.roundOf', {
              sampled: board.round.sampled.toLocaleString('en-US'),
              expected: (board.round.expected - board.round.exempt).toLocaleString('en-US'),
            })}
          </p>
        </>
      ) : (
        <p className="board-label">{t('board.noRound')}</p>
      )}
    </>
  )
}

export const Alarms = ({ figures }: { figures: Board['figures'] }) => {
  const { t } = useTranslation()
  const { alarms, proposals, imports } = figures
  const list = { path: pathTo('/imports'), needs: 'listImports' } as const
  return (
    <div className="board-figures">
      <Figure small label={t('board.doorAlarms')} value={alarms.doors} tone="red" to={followUps('all')} />
      <Figure
        small
        label={t('board.proposalAlarms')}
        value={alarms.proposals}
        tone="yellow"
        to={{ path: pathTo('/alarms'), needs: 'listAlarms' }}
      />
      <Figure
        small
        label={t('board.incidents')}
        value={alarms.incidents}
        tone="yellow"
        to={{ path: pathTo('/incidents'), needs: 'listIncidents' }}
      />
      <Figure
        small
        label={t('board.proposals')}
        value={proposals.open}
        to={{ path: pathTo('/proposals/:proposalId?', { state: 'open' }), needs: 'listProposals' }}
      />
      <Figure small label={t('board.importsRunning')} value={imports.running} to={list} />
      <Figure small label={t('board.importsFailed')} value={imports.failed} tone="yellow" to={list} />
    </div>
  )
}

/** Whether the jobs run, what waits, and how old the data of each source outside is. */
export const Health = ({ board, now }: { board: Board; now: number }) => {
  const { t } = useTranslation()
  const { system } = board.figures
  const state = { path: pathTo('/system'), needs: 'getSystemState' } as const
  return (
    <>
      <div className="board-figures">
        <Figure small label={t('board.jobsWell')} value={system.well} to={state} />
        <Figure small label={t('board.jobsFailing')} value={system.failing} tone="red" to={state} />
        <Figure small label={t('board.jobsLate')} value={system.late} tone="red" to={state} />
        <Figure small label={t('board.evaluationWaits')} value={system.waiting} to={state} />
      </div>
      <ul className="board-sources">
        {board.sources.map(({ name, kind, asOf }) => (
          <li key={`${kind} ${name}`}>
            <span>
              {kind === 'provider' ? t(`upstream.providers.${name}`, { defaultValue: name }) : name}
            </span>
            <span className={asOf && now - Date.parse(asOf) <= LATE_SOURCE_MS ? '' : 'board-yellow'}>
              {asOf ? toAge(t, asOf, now) : t('board.never')}
            </span>
          </li>
        ))}
      </ul>
      {board.sources.length === 0 && <p className="board-label">{t('board.noSources')}</p>}
    </>
  )
}
