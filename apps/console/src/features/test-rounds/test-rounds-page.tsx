import type { TestRound } from '@jiankangbao/contracts/round/schemas'
import { coverageOf, missingOf, type RoundState } from '@jiankangbao/domain/testing/round'
import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { RosterDrawer } from './roster-drawer.tsx'
import { RoundDrawer } from './round-drawer.tsx'

export const STATE_COLOURS = {
  made: 'warning',
  begun: 'success',
  closed: 'default',
  called_off: 'default',
} satisfies Record<RoundState, string>

const EVERY_MS = 30_000

const columns: Column<TestRound>[] = [
  { key: 'name', title: 'testRounds.name', primary: true, render: ({ name }) => name },
  {
    key: 'state',
    title: 'testRounds.state',
    render: ({ state }, t) => <Tag color={STATE_COLOURS[state]}>{t(`testRounds.states.${state}`)}</Tag>,
  },
  {
    key: 'when',
    title: 'testRounds.when',
    render: ({ fromAt, untilAt }) => `${formatInstant(fromAt)} – ${formatInstant(untilAt)}`,
  },
  { key: 'kind', title: 'testRounds.kind', render: ({ kind }, t) => t(`testRounds.kinds.${kind}`) },
  {
    key: 'expected',
    title: 'testRounds.expected',
    render: ({ expected }) => expected.toLocaleString(),
  },
  {
    key: 'coverage',
    title: 'testRounds.coverage',
    render: (round, t) =>
      `${(100 * coverageOf(round)).toFixed(1)} % · ${t('testRounds.missingCount', { count: missingOf(round) })}`,
  },
]

/** Rounds of testing that concern the own division, and the rosters behind them. */
export default function TestRoundsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [drawer, setDrawer] = useState<'round' | 'roster'>()
  const query = useQuery({
    queryKey: ['test-rounds'],
    queryFn: () => call('listTestRounds', {}),
    refetchInterval: EVERY_MS,
  })
  const actions = (
    <>
      <Button onClick={() => setDrawer('roster')}>{t('testRounds.saveRoster')}</Button>
      <Button type="primary" onClick={() => setDrawer('round')}>
        {t('testRounds.make')}
      </Button>
    </>
  )
  return (
    <>
      <PageHead title={t('testRounds.title')} actions={actions} />
      <p className="quiet">{t('testRounds.lead')}</p>
      <QueryView query={query}>
        {({ rounds }) => (
          <DataList
            label={t('testRounds.title')}
            rows={rounds}
            rowKey={({ roundId }) => roundId}
            columns={columns}
            empty={{ title: t('testRounds.empty'), hint: t('testRounds.emptyHint') }}
            actions={({ roundId }) => (
              <Button onClick={() => void navigate(pathTo('/test-rounds/:roundId', { roundId }))}>
                {t('testRounds.open')}
              </Button>
            )}
          />
        )}
      </QueryView>
      {drawer === 'round' && <RoundDrawer onClose={() => setDrawer(undefined)} />}
      {drawer === 'roster' && <RosterDrawer onClose={() => setDrawer(undefined)} />}
    </>
  )
}
