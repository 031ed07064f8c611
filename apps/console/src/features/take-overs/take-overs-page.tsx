import type { TakeOverEntry } from '@jiankangbao/contracts/take-over/schemas'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { DecideModal } from './decide-modal.tsx'

const minutesUntil = (instant: string): number => Math.round((Date.parse(instant) - Date.now()) / 60_000)

const columns: Column<TakeOverEntry>[] = [
  {
    key: 'objected',
    title: 'takeOvers.objected',
    primary: true,
    render: ({ objectedAt }) => formatInstant(objectedAt),
  },
  { key: 'taken', title: 'takeOvers.taken', render: ({ takenAt }) => formatInstant(takenAt) },
  {
    key: 'due',
    title: 'takeOvers.due',
    render: ({ dueAt }, t) => {
      const minutes = minutesUntil(dueAt)
      return (
        <>
          {formatInstant(dueAt)}{' '}
          {minutes < 0 ? (
            <Tag color="error">{t('takeOvers.late', { minutes: -minutes })}</Tag>
          ) : (
            <Tag color={minutes < 30 ? 'warning' : 'default'}>{t('takeOvers.left', { minutes })}</Tag>
          )}
        </>
      )
    },
  },
]

/** Objections of old phones: the one due first, with the clock of two hours. */
export default function TakeOversPage() {
  const { t } = useTranslation()
  const { paging } = useUrlFilters([] as const)
  const [asking, setAsking] = useState<TakeOverEntry>()
  const [opened, setOpened] = useState<{ takeOverId: string; purpose: string }>()
  const query = useListQuery({
    key: ['take-overs'],
    query: {},
    load: async (): Promise<{ takeOvers: TakeOverEntry[]; nextCursor?: string }> => {
      const { takeOvers } = await call('listTakeOvers', {})
      return { takeOvers }
    },
    refreshMs: 15_000,
  })
  return (
    <ListPage
      words="takeOvers"
      lead={t('takeOvers.lead')}
      query={query}
      paging={paging}
      rows={({ takeOvers }) => takeOvers}
      rowKey={({ takeOverId }) => takeOverId}
      columns={columns}
      rowActions={(entry) => <Button onClick={() => setAsking(entry)}>{t('takeOvers.open')}</Button>}
    >
      <ReasonModal
        open={asking !== undefined}
        title={t('takeOvers.open')}
        asks="purpose"
        busy={false}
        error={null}
        onSubmit={(purpose) => {
          if (asking) setOpened({ takeOverId: asking.takeOverId, purpose })
          setAsking(undefined)
        }}
        onClose={() => setAsking(undefined)}
      />
      {opened && <DecideModal opened={opened} onClose={() => setOpened(undefined)} />}
    </ListPage>
  )
}
