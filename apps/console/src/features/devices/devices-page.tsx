import type { Device } from '@jiankangbao/contracts/schemas/device'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Input, Select, Tag } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'

const states = ['active', 'ended'] as const

/** Enrolled checkpoint phones: where they check, when they last did, and how to end them. */
export default function DevicesPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(['search', 'state'] as const)
  const [ending, setEnding] = useState<Device>()
  const state = states.find((known) => known === values.state)
  const filters = {
    limit: 20,
    ...(values.search ? { search: values.search } : {}),
    ...(state ? { state } : {}),
    ...(cursor ? { cursor } : {}),
  }
  const query = useQuery({
    queryKey: ['devices', filters],
    queryFn: () => call('listDevices', { query: filters }),
    placeholderData: keepPreviousData,
  })
  const revoke = useAction({
    run: ({ deviceId, reason }: { deviceId: string; reason: string }) =>
      call('revokeDevice', { params: { deviceId }, body: { reason } }),
    refresh: [['devices']],
    done: t('devices.ended'),
    onDone: () => setEnding(undefined),
  })
  return (
    <>
      <PageHead title={t('devices.title')} />
      <p className="quiet">{t('devices.lead')}</p>
      <search className="filters">
        <Input.Search
          key={values.search ?? ''}
          className="filter-wide"
          defaultValue={values.search ?? ''}
          placeholder={t('devices.searchHint')}
          aria-label={t('devices.searchHint')}
          maxLength={60}
          allowClear
          onSearch={(search) => set({ search: search.trim() })}
        />
        <Select
          value={state ?? ''}
          aria-label={t('devices.state')}
          onChange={(chosen) => set({ state: chosen })}
          options={[
            { value: '', label: `${t('devices.state')}${t('app.colon')}${t('app.action.all')}` },
            ...states.map((known) => ({ value: known, label: t(`devices.filters.${known}`) })),
          ]}
        />
      </search>
      <QueryView query={query}>
        {({ devices, nextCursor }) => (
          <DataList
            label={t('devices.title')}
            rows={devices}
            rowKey={({ deviceId }) => deviceId}
            columns={toColumns(t, setEnding)}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{ title: t('devices.empty'), hint: t('devices.emptyHint') }}
          />
        )}
      </QueryView>
      <ReasonModal
        open={ending !== undefined}
        title={t('devices.endTitle', { name: ending?.name ?? '' })}
        warning={t('devices.endWarn')}
        danger
        busy={revoke.isPending}
        error={revoke.error}
        onSubmit={(reason) => ending && revoke.mutate({ deviceId: ending.deviceId, reason })}
        onClose={() => setEnding(undefined)}
      />
    </>
  )
}

const toColumns = (t: TFunction, end: (device: Device) => void): Column<Device>[] => [
  { key: 'name', title: t('devices.name'), primary: true, render: ({ name }) => name },
  {
    key: 'where',
    title: t('devices.where'),
    render: ({ venueName, pointName, divisionName }) => (
      <>
        {venueName} · {pointName} <span className="quiet small">{divisionName}</span>
      </>
    ),
  },
  { key: 'state', title: t('devices.state'), render: (device) => <State device={device} /> },
  {
    key: 'used',
    title: t('devices.lastUsed'),
    render: ({ lastUsedAt }) => formatInstant(lastUsedAt) || t('devices.notUsed'),
  },
  {
    key: 'maker',
    title: t('devices.registeredBy'),
    render: ({ registeredBy, registeredAt }) => (
      <>
        {registeredBy.organisation} {registeredBy.nameMasked}{' '}
        <span className="quiet small">{formatInstant(registeredAt)}</span>
      </>
    ),
  },
  {
    key: 'actions',
    title: '',
    actions: true,
    render: (device) =>
      device.state !== 'revoked' &&
      device.state !== 'expired' && (
        <Button size="small" danger onClick={() => end(device)}>
          {t('devices.end')}
        </Button>
      ),
  },
]

const State = ({ device }: { device: Device }) => {
  const { t } = useTranslation()
  const { state, expiresAt, revokedAt, revokedBy, revokedReason } = device
  return (
    <>
      <Tag color={state === 'active' ? 'green' : 'default'}>{t(`devices.states.${state}`)}</Tag>
      <span className="quiet small">
        {revokedAt
          ? [formatInstant(revokedAt), revokedBy, revokedReason].filter(Boolean).join(' · ')
          : t('devices.until', { at: formatInstant(expiresAt) })}
      </span>
    </>
  )
}
