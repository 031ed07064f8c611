import type { KeptDirectoryPlace } from '@jiankangbao/contracts/directory/schemas'
import { DIRECTORY_KINDS } from '@jiankangbao/domain/vocabulary/services'
import { Button, Select, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { PlaceDrawer } from './place-drawer.tsx'

const columns: Column<KeptDirectoryPlace>[] = [
  {
    key: 'name',
    title: 'directory.name',
    primary: true,
    render: ({ name, divisionName, address }) => (
      <>
        {name.zh} <span className="quiet small">{name.en}</span>
        <div className="quiet small">
          {divisionName} · {address}
        </div>
      </>
    ),
  },
  { key: 'kind', title: 'directory.kind', render: ({ kind }, t) => t(`services.directoryKinds.${kind}`) },
  { key: 'hours', title: 'directory.hours', render: ({ hours }) => hours.zh },
  { key: 'telephone', title: 'directory.telephone', render: ({ telephone }) => telephone },
  {
    key: 'state',
    title: 'directory.state',
    render: ({ state }, t) => (
      <Tag color={state === 'open' ? 'success' : 'default'}>{t(`directory.states.${state}`)}</Tag>
    ),
  },
  { key: 'changed', title: 'directory.changedAt', render: ({ changedAt }) => formatInstant(changedAt) },
]

/** The places of the own division that citizens find in the directory. */
export default function DirectoryPage() {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<KeptDirectoryPlace | 'new'>()
  const { values, cursor, set, paging } = useUrlFilters(['search', 'kind'] as const)
  const kind = chosenOf(DIRECTORY_KINDS, values.kind)
  const query = useListQuery({
    key: ['directory'],
    query: {
      limit: 20,
      ...(values.search ? { search: values.search } : {}),
      ...(kind ? { kind } : {}),
      ...(cursor ? { cursor } : {}),
    },
    load: (filters) => call('listKeptDirectory', { query: filters }),
  })
  return (
    <ListPage
      words="directory"
      lead={t('directory.lead')}
      actions={
        <Button type="primary" onClick={() => setEditing('new')}>
          {t('directory.add')}
        </Button>
      }
      filters={
        <>
          <SearchField
            value={values.search}
            hint={t('directory.searchHint')}
            onSearch={(search) => set({ search })}
          />
          <Select
            value={kind ?? ''}
            aria-label={t('directory.kind')}
            onChange={(chosen) => set({ kind: chosen })}
            options={[
              { value: '', label: `${t('directory.kind')}${t('app.colon')}${t('app.action.all')}` },
              ...DIRECTORY_KINDS.map((each) => ({
                value: each,
                label: t(`services.directoryKinds.${each}`),
              })),
            ]}
          />
        </>
      }
      query={query}
      paging={paging}
      rows={({ places }) => places}
      rowKey={({ placeId }) => placeId}
      columns={columns}
      rowActions={(place) => <Button onClick={() => setEditing(place)}>{t('directory.change')}</Button>}
    >
      {editing && (
        <PlaceDrawer place={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </ListPage>
  )
}
