import type { OperatorSession } from '@jiankangbao/contracts/operator/schemas'
import { Button, Popconfirm, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'

const columns: Column<OperatorSession>[] = [
  {
    key: 'device',
    title: 'ownSessions.device',
    primary: true,
    render: ({ deviceName, current }, t) => (
      <>
        {deviceName ?? t('ownSessions.unknown')}{' '}
        {current && <Tag color="success">{t('ownSessions.current')}</Tag>}
      </>
    ),
  },
  { key: 'address', title: 'ownSessions.address', render: ({ addressMasked }) => addressMasked },
  { key: 'begun', title: 'ownSessions.begun', render: ({ createdAt }) => formatInstant(createdAt) },
  { key: 'used', title: 'ownSessions.used', render: ({ lastUsedAt }) => formatInstant(lastUsedAt) },
  { key: 'until', title: 'ownSessions.until', render: ({ expiresAt }) => formatInstant(expiresAt) },
]

/** Where the operator is signed in; what is not theirs they end. */
export default function OwnSessionsPage() {
  const { t } = useTranslation()
  const { paging } = useUrlFilters([] as const)
  const query = useListQuery({
    key: ['own-sessions'],
    query: {},
    load: (): Promise<{ sessions: OperatorSession[]; nextCursor?: string }> =>
      call('listOwnOperatorSessions', {}),
  })
  const one = useAction({
    run: (sessionId: string) => call('endOwnOperatorSession', { params: { sessionId } }),
    refresh: [['own-sessions']],
    done: t('ownSessions.ended'),
  })
  const others = useAction({
    run: () => call('endOtherOperatorSessions', {}),
    refresh: [['own-sessions']],
    done: t('ownSessions.othersEnded'),
  })
  const confirm = { okText: t('app.action.confirm'), cancelText: t('app.action.cancel') }
  const hasOthers = (query.data?.sessions.length ?? 0) > 1
  return (
    <ListPage
      words="ownSessions"
      lead={t('ownSessions.lead')}
      above={<Problem error={one.error ?? others.error} />}
      actions={
        <Popconfirm
          title={t('ownSessions.othersAsk')}
          {...confirm}
          onConfirm={() => others.mutate(undefined)}
        >
          <Button danger disabled={!hasOthers} loading={others.isPending}>
            {t('ownSessions.endOthers')}
          </Button>
        </Popconfirm>
      }
      query={query}
      paging={paging}
      rows={({ sessions }) => sessions}
      rowKey={({ sessionId }) => sessionId}
      columns={columns}
      rowActions={({ sessionId, current }) =>
        !current && (
          <Button size="small" danger loading={one.isPending} onClick={() => one.mutate(sessionId)}>
            {t('ownSessions.end')}
          </Button>
        )
      }
    />
  )
}
