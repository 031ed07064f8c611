import type {
  SystemJob,
  SystemKey,
  SystemQueue,
  SystemRotation,
  SystemSource,
  SystemStandby,
  SystemState,
} from '@jiankangbao/contracts/system/schemas'
import { useQuery } from '@tanstack/react-query'
import { Card, Progress, Tag } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { problemsOf, sortJobs, sourceState, toSize } from './system-problems.ts'
import './system.css'

const EVERY_MS = 10_000

const jobColours = { well: 'success', waiting: 'default', failing: 'warning', late: 'error' } as const

const jobColumns: Column<SystemJob>[] = [
  { key: 'job', title: 'system.job', primary: true, render: ({ job }, t) => t(`system.jobs.${job}`) },
  {
    key: 'state',
    title: 'system.state',
    render: ({ state, errorCode }, t) => (
      <>
        <Tag color={jobColours[state]}>{t(`system.jobStates.${state}`)}</Tag>
        {errorCode && <span className="quiet small">{errorCode}</span>}
      </>
    ),
  },
  {
    key: 'last',
    title: 'system.lastSuccess',
    render: ({ succeededAt }, t) => formatInstant(succeededAt) || t('system.never'),
  },
  {
    key: 'next',
    title: 'system.next',
    render: ({ nextAt }, t) => (nextAt ? formatInstant(nextAt) : t('system.always')),
  },
  {
    key: 'failures',
    title: 'system.failures',
    render: ({ failures, failedAt }) => (
      <>
        {failures.toLocaleString()} <span className="quiet small">{formatInstant(failedAt)}</span>
      </>
    ),
  },
]

const keyColumns: Column<SystemKey>[] = [
  {
    key: 'kind',
    title: 'system.key',
    primary: true,
    render: ({ kind, keyId }, t) => `${t(`system.keyKinds.${kind}`)}${keyId > 0 ? ` ${keyId}` : ''}`,
  },
  {
    key: 'use',
    title: 'system.state',
    render: ({ inUse, isLeaked, isRetired }, t) => {
      if (isLeaked) return <Tag color="error">{t('system.leaked')}</Tag>
      if (isRetired) return <Tag>{t('system.retired')}</Tag>
      return <Tag color={inUse ? 'success' : 'default'}>{t(inUse ? 'system.inUse' : 'system.readsOnly')}</Tag>
    },
  },
  { key: 'from', title: 'system.usedFrom', render: ({ usedFrom }) => formatInstant(usedFrom) || '–' },
  { key: 'until', title: 'system.usedUntil', render: ({ usedUntil }) => formatInstant(usedUntil) || '–' },
  {
    key: 'fingerprint',
    title: 'system.fingerprint',
    render: ({ fingerprint }) => <code>{fingerprint}</code>,
  },
]

const partitionColumns: Column<SystemState['partitions'][number]>[] = [
  {
    key: 'table',
    title: 'system.table',
    primary: true,
    render: ({ table }, t) => t(`system.tables.${table}`),
  },
  {
    key: 'days',
    title: 'system.days',
    render: ({ days, firstDay, lastDay }) => `${days}（${firstDay ?? '–'} – ${lastDay ?? '–'}）`,
  },
  {
    key: 'tomorrow',
    title: 'system.tomorrow',
    render: ({ hasTomorrow }, t) => (
      <Tag color={hasTomorrow ? 'success' : 'error'}>
        {t(hasTomorrow ? 'system.ready' : 'system.missing')}
      </Tag>
    ),
  },
  { key: 'size', title: 'system.size', render: ({ bytes }) => toSize(bytes) },
  { key: 'pace', title: 'system.aDay', render: ({ bytesPerDay }) => toSize(bytesPerDay) },
]

const standbyColumns: Column<SystemStandby>[] = [
  { key: 'name', title: 'system.standby', primary: true, render: ({ name }) => name || '–' },
  { key: 'state', title: 'system.state', render: ({ state }, t) => state ?? t('system.notVisible') },
  { key: 'sync', title: 'system.sync', render: ({ sync }) => sync ?? '–' },
  {
    key: 'lag',
    title: 'system.lag',
    render: ({ lagSeconds }, t) =>
      lagSeconds === undefined ? '–' : t('system.seconds', { seconds: lagSeconds.toFixed(1) }),
  },
]

const queueColumns: Column<SystemQueue>[] = [
  {
    key: 'queue',
    title: 'system.queue',
    primary: true,
    render: ({ queue }, t) => t(`system.queues.${queue}`),
  },
  {
    key: 'waiting',
    title: 'system.waiting',
    render: ({ waiting }) => `${waiting.toLocaleString()}${waiting >= 100_000 ? '+' : ''}`,
  },
  { key: 'oldest', title: 'system.oldest', render: ({ oldestAt }) => formatInstant(oldestAt) || '–' },
]

const sourceColours = { well: 'green', away: 'red', idle: 'default' } as const

const sourceColumns: Column<SystemSource>[] = [
  {
    key: 'source',
    title: 'system.source',
    primary: true,
    render: ({ provider }, t) => t(`upstream.providers.${provider}`),
  },
  {
    key: 'state',
    title: 'system.state',
    render: (source, t) => {
      const state = sourceState(source)
      return <Tag color={sourceColours[state]}>{t(`upstream.health.${state}`)}</Tag>
    },
  },
  {
    key: 'last',
    title: 'system.lastSuccess',
    render: ({ lastSuccessAt }, t) => formatInstant(lastSuccessAt) || t('system.never'),
  },
  {
    key: 'failed',
    title: 'system.lastFailure',
    render: ({ lastFailureAt }) => formatInstant(lastFailureAt) || '–',
  },
]

/** What an operations team looks at first: what is wrong stands on top, in words. */
export default function SystemPage() {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['system'],
    queryFn: () => call('getSystemState', {}),
    refetchInterval: EVERY_MS,
  })
  return (
    <>
      <PageHead title={t('system.title')} />
      <p className="quiet">{t('system.lead')}</p>
      <QueryView query={query}>{(state) => <State state={state} />}</QueryView>
    </>
  )
}

const State = ({ state }: { state: SystemState }) => {
  const { t } = useTranslation()
  const problems = problemsOf(state)
  return (
    <>
      {problems.length === 0 ? (
        <p className="system-well" role="status">
          {t('system.well')}
        </p>
      ) : (
        <ul className="system-problems" role="alert">
          {problems.map(({ problem, values }) => (
            <li key={`${problem}${Object.values(values).join()}`}>
              {t(`system.problems.${problem}`, {
                ...values,
                ...(values.job ? { job: t(`system.jobs.${values.job}`) } : {}),
                ...(values.source ? { source: t(`upstream.providers.${values.source}`) } : {}),
              })}
            </li>
          ))}
        </ul>
      )}
      <div className="system-cards">
        <ReleaseCard state={state} />
        <DatabaseCard state={state} />
      </div>
      <Section title={t('system.queuesTitle')}>
        <DataList
          label={t('system.queuesTitle')}
          rows={state.queues}
          rowKey={({ queue }) => queue}
          columns={queueColumns}
          empty={{ title: '–' }}
        />
      </Section>
      <Section title={t('system.sourcesTitle')}>
        <DataList
          label={t('system.sourcesTitle')}
          rows={state.sources}
          rowKey={({ provider }) => provider}
          columns={sourceColumns}
          empty={{ title: '–' }}
        />
      </Section>
      <Section title={t('system.jobsTitle')}>
        <DataList
          label={t('system.jobsTitle')}
          rows={sortJobs(state.jobs)}
          rowKey={({ job }) => job}
          columns={jobColumns}
          empty={{ title: '–' }}
        />
      </Section>
      <Section title={t('system.standbysTitle')}>
        <DataList
          label={t('system.standbysTitle')}
          rows={state.database.standbys}
          rowKey={({ name }) => name}
          columns={standbyColumns}
          empty={{ title: t('system.noStandby'), hint: t('system.noStandbyHint') }}
        />
        {state.database.reading && <ReadingNote reading={state.database.reading} />}
      </Section>
      <Section title={t('system.partitionsTitle')}>
        <DataList
          label={t('system.partitionsTitle')}
          rows={state.partitions}
          rowKey={({ table }) => table}
          columns={partitionColumns}
          empty={{ title: '–' }}
        />
      </Section>
      {state.rotations.length > 0 && (
        <Section title={t('system.rotationsTitle')}>
          <ul className="system-rotations">
            {state.rotations.map((rotation) => (
              <Rotation key={`${rotation.kind} ${rotation.keyId} ${rotation.begunAt}`} rotation={rotation} />
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('system.keysTitle')}>
        <DataList
          label={t('system.keysTitle')}
          rows={state.keys}
          rowKey={({ kind, keyId }) => `${kind} ${keyId}`}
          columns={keyColumns}
          empty={{ title: '–' }}
        />
      </Section>
    </>
  )
}

const wordsOf = ({ kind, state }: SystemRotation) =>
  kind === 'token_secret' && state === 'running' ? 'runningToken' : state

const Rotation = ({ rotation }: { rotation: SystemRotation }) => {
  const { t } = useTranslation()
  const { kind, keyId, state, rowsDone, rowsTotal, secondsLeft, left, endedAt } = rotation
  const name = t(`system.rotation.${kind}`, { id: keyId })
  const percent = rowsTotal === 0 ? 100 : Math.floor((100 * rowsDone) / rowsTotal)
  const hasBar = kind === 'data' && state !== 'published'
  return (
    <li>
      <strong>{name}</strong> {t(`system.rotation.${wordsOf(rotation)}`, { at: formatInstant(endedAt) })}
      {hasBar && (
        <Progress percent={percent} aria-label={name} status={state === 'ended' ? 'success' : 'active'} />
      )}
      {hasBar && (
        <span className="quiet">
          {t('system.rotation.rows', { done: rowsDone.toLocaleString(), total: rowsTotal.toLocaleString() })}
          {secondsLeft !== undefined &&
            ` · ${t('system.rotation.minutes', { count: Math.ceil(secondsLeft / 60) })}`}
        </span>
      )}
      {left > 0 && <Tag color="error">{t('system.rotation.left', { count: left })}</Tag>}
    </li>
  )
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h2>{title}</h2>
    {children}
  </section>
)

const Facts = ({ facts }: { facts: [string, ReactNode][] }) => (
  <dl className="system-facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

const ReleaseCard = ({ state: { release, at } }: { state: SystemState }) => {
  const { t } = useTranslation()
  return (
    <Card title={<h2>{t('system.release')}</h2>}>
      <Facts
        facts={[
          [t('system.version'), `${release.version}（${release.commit}）`],
          ['Node.js', release.node],
          [t('system.startedAt'), formatInstant(release.startedAt)],
          [t('system.readAt'), formatInstant(at)],
        ]}
      />
    </Card>
  )
}

const DatabaseCard = ({ state: { database } }: { state: SystemState }) => {
  const { t } = useTranslation()
  const { archive, backups, diskBytes, diskDaysLeft } = database
  return (
    <Card title={<h2>{t('system.database')}</h2>}>
      <Facts
        facts={[
          ['PostgreSQL', database.version],
          [t('system.migration'), database.migration],
          [t('system.startedAt'), formatInstant(database.startedAt)],
          [t('system.size'), toSize(database.bytes)],
          [
            t('system.disk'),
            diskBytes === undefined
              ? t('system.diskUnknown')
              : `${toSize(diskBytes)}${diskDaysLeft === undefined ? '' : ` · ${t('system.daysLeft', { count: diskDaysLeft })}`}`,
          ],
          [t('system.connections'), `${database.connections} / ${database.mostConnections}`],
          [
            t('system.archive'),
            archive.on
              ? t('system.archivedAt', { at: formatInstant(archive.lastArchivedAt) || t('system.never') })
              : t('system.archiveOff'),
          ],
          [t('system.backup'), <Backup key="last" backup={backups.last} />],
          [t('system.backupFull'), <Backup key="full" backup={backups.lastFull} />],
        ]}
      />
    </Card>
  )
}

const Backup = ({ backup }: { backup: SystemState['database']['backups']['last'] }) => {
  const { t } = useTranslation()
  if (!backup) return t('system.never')
  const { endedAt, bytes, seconds, isFaulty } = backup
  return (
    <>
      {formatInstant(endedAt)}{' '}
      <span className="quiet small">{`${toSize(bytes)} · ${t('system.seconds', { seconds })}`}</span>{' '}
      {isFaulty && <Tag color="error">{t('system.faulty')}</Tag>}
    </>
  )
}

const ReadingNote = ({ reading }: { reading: NonNullable<SystemState['database']['reading']> }) => {
  const { t } = useTranslation()
  const { state, ageSeconds, mostSeconds } = reading
  const age = ageSeconds === undefined ? '–' : Math.round(ageSeconds)
  return <p data-testid="reading">{t(`system.reading.${state}`, { age, most: mostSeconds })}</p>
}
