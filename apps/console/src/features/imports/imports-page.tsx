import type { Import, ImportKind, ImportState } from '@jiankangbao/contracts/schemas/import'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Select, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { formatBytes } from './file-size.ts'
import { isMoving } from './import-queries.ts'
import './imports.css'
import { useKinds } from './kinds.ts'
import { StateTag } from './state-tag.tsx'

const STATES: readonly ImportState[] = [
  'uploading',
  'checking',
  'checked',
  'proposed',
  'applied',
  'undone',
  'failed',
  'rejected',
  'cancelled',
]

/** Lists that were uploaded here, the newest first. */
export default function ImportsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const kinds = useKinds()
  const { values, cursor, set, paging } = useUrlFilters(['kind', 'state'] as const)
  const filters = {
    limit: 20,
    ...(values.kind ? { kind: values.kind as ImportKind } : {}),
    ...(values.state ? { state: values.state as ImportState } : {}),
    ...(cursor ? { cursor } : {}),
  }
  const query = useQuery({
    queryKey: ['imports', 'list', filters],
    queryFn: () => call('listImports', { query: filters }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.imports.some(isMoving) ? 3_000 : 30_000),
  })
  const upload = (
    <Button type="primary" onClick={() => void navigate('/imports/new')}>
      {t('imports.upload')}
    </Button>
  )
  return (
    <>
      <PageHead title={t('imports.title')} actions={upload} />
      <div className="filters">
        <Select
          value={values.kind ?? ''}
          aria-label={t('imports.kind')}
          onChange={(kind) => set({ kind })}
          options={[
            { value: '', label: t('imports.allKinds') },
            ...kinds.map((kind) => ({ value: kind, label: t(`imports.kinds.${kind}`) })),
          ]}
        />
        <Select
          value={values.state ?? ''}
          aria-label={t('venues.state')}
          onChange={(state) => set({ state })}
          options={[
            { value: '', label: t('imports.allStates') },
            ...STATES.map((state) => ({ value: state, label: t(`imports.states.${state}`) })),
          ]}
        />
      </div>
      <QueryView query={query}>
        {({ imports, nextCursor }) => (
          <DataList
            label={t('imports.title')}
            rows={imports}
            rowKey={({ importId }) => importId}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{ title: t('imports.empty'), hint: t('imports.emptyHint'), action: upload }}
            columns={[
              {
                key: 'file',
                title: t('imports.file'),
                primary: true,
                render: ({ fileName, fileBytes, kind }) => (
                  <>
                    <span className="import-name">{fileName}</span>
                    <div className="quiet small">
                      {t(`imports.kinds.${kind}`)} · {formatBytes(fileBytes)}
                    </div>
                  </>
                ),
              },
              { key: 'rows', title: t('imports.rows'), render: (list) => <RowCounts list={list} /> },
              {
                key: 'uploaded',
                title: t('imports.uploadedBy'),
                render: ({ uploadedBy, mine, uploadedAt }) => (
                  <>
                    {uploadedBy} {mine && <Tag>{t('imports.mine')}</Tag>}
                    <div className="quiet small">{formatInstant(uploadedAt)}</div>
                  </>
                ),
              },
              {
                key: 'state',
                title: t('venues.state'),
                render: ({ state }) => <StateTag state={state} />,
              },
              {
                key: 'actions',
                title: '',
                actions: true,
                render: ({ importId }) => (
                  <Button onClick={() => void navigate(`/imports/${importId}`)}>
                    {t('app.action.detail')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </QueryView>
    </>
  )
}

const RowCounts = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  if (list.rows === 0) return null
  const bad = list.rows - list.goodRows
  return (
    <>
      {t('imports.goodRows', { good: list.goodRows })}
      {bad > 0 && <div className="import-bad">{t('imports.badRows', { bad })}</div>}
    </>
  )
}
