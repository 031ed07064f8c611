import type { Device } from '@jiankangbao/contracts/device/schemas'
import { DEVICE_VIEWS } from '@jiankangbao/domain/vocabulary/doors'
import { Button, Select, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import { RenewModal } from './renew-modal.tsx'

const columns: Column<Device>[] = [
  { key: 'name', title: 'devices.name', primary: true, render: ({ name }) => name },
  {
    key: 'where',
    title: 'devices.where',
    render: ({ venueName, pointName, divisionName }) => (
      <>
        {venueName} · {pointName} <span className="quiet small">{divisionName}</span>
      </>
    ),
  },
  { key: 'state', title: 'devices.state', render: (device) => <State device={device} /> },
  {
    key: 'used',
    title: 'devices.lastUsed',
    render: (device, t) => formatInstant(device.lastUsedAt) || t(`devices.${notUsed(device)}`),
  },
  {
    key: 'maker',
    title: 'devices.registeredBy',
    render: ({ registeredBy, registeredAt }) => (
      <>
        {registeredBy.organisation} {registeredBy.nameMasked}{' '}
        <span className="quiet small">{formatInstant(registeredAt)}</span>
      </>
    ),
  },
]

/** Uses are known for 28 days: a phone that is younger has never been used. */
const notUsed = ({ registeredAt }: Device): 'neverUsed' | 'notUsed' =>
  Date.parse(registeredAt) > Date.now() - 28 * 86_400_000 ? 'neverUsed' : 'notUsed'

const mayEnd = ({ state }: Device): boolean => state !== 'revoked' && state !== 'expired'

/** Enrolled checkpoint phones: where they check, when they last did, and how to end them. */
export default function DevicesPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(['search', 'state'] as const)
  const [ending, setEnding] = useState<Device>()
  const [renewing, setRenewing] = useState<Device>()
  const state = chosenOf(DEVICE_VIEWS, values.state)
  const query = useListQuery({
    key: ['devices'],
    query: {
      limit: 20,
      ...(values.search ? { search: values.search } : {}),
      ...(state ? { state } : {}),
      ...(cursor ? { cursor } : {}),
    },
    load: (filters) => call('listDevices', { query: filters }),
  })
  const filters = (
    <>
      <SearchField
        value={values.search}
        hint={t('devices.searchHint')}
        onSearch={(search) => set({ search })}
      />
      <Select
        value={state ?? ''}
        aria-label={t('devices.state')}
        onChange={(chosen) => set({ state: chosen })}
        options={[
          { value: '', label: `${t('devices.state')}${t('app.colon')}${t('app.action.all')}` },
          ...DEVICE_VIEWS.map((known) => ({ value: known, label: t(`devices.filters.${known}`) })),
        ]}
      />
    </>
  )
  return (
    <ListPage
      words="devices"
      lead={t('devices.lead')}
      filters={filters}
      query={query}
      paging={paging}
      rows={({ devices }) => devices}
      rowKey={({ deviceId }) => deviceId}
      columns={columns}
      rowActions={(device) => (
        <Space wrap>
          {device.state !== 'revoked' && (
            <Button size="small" onClick={() => setRenewing(device)}>
              {t('devices.renew')}
            </Button>
          )}
          {mayEnd(device) && (
            <Button size="small" danger onClick={() => setEnding(device)}>
              {t('devices.end')}
            </Button>
          )}
        </Space>
      )}
    >
      {renewing && (
        <RenewModal key={renewing.deviceId} device={renewing} onClose={() => setRenewing(undefined)} />
      )}
      <EndModal device={ending} onClose={() => setEnding(undefined)} />
    </ListPage>
  )
}

const EndModal = ({ device, onClose }: { device: Device | undefined; onClose: () => void }) => {
  const { t } = useTranslation()
  const revoke = useAction({
    run: (reason: string) =>
      call('revokeDevice', { params: { deviceId: device?.deviceId ?? '' }, body: { reason } }),
    refresh: [['devices']],
    done: t('devices.ended'),
    onDone: onClose,
  })
  return (
    <ReasonModal
      open={device !== undefined}
      title={t('devices.endTitle', { name: device?.name ?? '' })}
      warning={t('devices.endWarn')}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onSubmit={(reason) => revoke.mutate(reason)}
      onClose={onClose}
    />
  )
}

const State = ({ device }: { device: Device }) => {
  const { t } = useTranslation()
  const { state, expiresAt, revokedAt, revokedBy, revokedReason } = device
  return (
    <>
      <Tag color={state === 'active' ? 'success' : 'default'}>{t(`devices.states.${state}`)}</Tag>
      <span className="quiet small">
        {revokedAt
          ? [formatInstant(revokedAt), revokedBy, revokedReason].filter(Boolean).join(' · ')
          : t('devices.until', { at: formatInstant(expiresAt) })}
      </span>
    </>
  )
}
