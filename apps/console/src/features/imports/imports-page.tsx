import type { Import, ImportState } from '@jiankangbao/contracts/import/schemas'
import { IMPORT_KINDS, IMPORT_STATES } from '@jiankangbao/domain/vocabulary/lists'
import { Button, Select, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { OpenButton } from '../../ui/open-button.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
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
const FILTERS = ['kind', 'state'] as const
type Values = Partial<Record<(typeof FILTERS)[number], string>>

const columns: Column<Import>[] = [
  {
    key: 'file',
    title: 'imports.file',
    primary: true,
    render: ({ fileName, fileBytes, kind }, t) => (
      <>
        <span className="import-name">{fileName}</span>
        <div className="quiet small">
          {t(`imports.kinds.${kind}`)} · {formatBytes(fileBytes)}
        </div>
      </>
    ),
  },
  { key: 'rows', title: 'imports.rows', render: (list) => <RowCounts list={list} /> },
  {
    key: 'uploaded',
    title: 'imports.uploadedBy',
    render: ({ uploadedBy, mine, uploadedAt }, t) => (
      <>
        {uploadedBy} {mine && <Tag>{t('imports.mine')}</Tag>}
        <div className="quiet small">{formatInstant(uploadedAt)}</div>
      </>
    ),
  },
  { key: 'state', title: 'venues.state', render: ({ state }) => <StateTag state={state} /> },
]

/** Lists that were uploaded here, the newest first. */
export default function ImportsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { values, cursor, set, paging } = useUrlFilters(FILTERS)
  const kind = chosenOf(IMPORT_KINDS, values.kind)
  const state = chosenOf(IMPORT_STATES, values.state)
  const query = useListQuery({
    key: ['imports', 'list'],
    query: {
      limit: 20,
      ...(kind ? { kind } : {}),
      ...(state ? { state } : {}),
      ...(cursor ? { cursor } : {}),
    },
    load: (filters) => call('listImports', { query: filters }),
    refreshMs: (answer) => (answer?.imports.some(isMoving) ? 3_000 : 30_000),
  })
  const upload = (
    <Button type="primary" onClick={() => void navigate(pathTo('/imports/new'))}>
      {t('imports.upload')}
    </Button>
  )
  return (
    <ListPage
      words="imports"
      actions={upload}
      filters={<Filters values={values} set={set} />}
      query={query}
      paging={paging}
      rows={({ imports }) => imports}
      rowKey={({ importId }) => importId}
      columns={columns}
      rowActions={({ importId }) => <OpenButton to={pathTo('/imports/:importId', { importId })} />}
      empty={{ action: upload }}
    />
  )
}

const Filters = ({ values, set }: { values: Values; set: (changes: Values) => void }) => {
  const { t } = useTranslation()
  const kinds = useKinds()
  return (
    <>
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
