import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Spin, Table, type TableColumnType } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useScrolledByKeys } from '../../ui/scrolled-by-keys.ts'
import { wordRow } from '../../ui/status-words.ts'
import { useAction } from '../../ui/use-action.ts'

/** Figures older than this are counted anew before anybody may approve; the server decides the same. */
const FIGURES_LIFE_MS = 24 * 3600_000

/** Columns that stand only where a row has something in them. */
const EXTRAS = ['workplace', 'zone', 'contact'] as const

type List = NonNullable<Proposal['import']>

/** What whoever decides on a list looks at: how old its figures are, and some of its rows where it still has them. */
export const ProposedList = ({ list, undoes }: { list: List; undoes: boolean }) => {
  const may = useMay()
  if (!may('listImportSample')) return null
  return (
    <>
      <Figures list={list} />
      {!undoes && <Sample importId={list.importId} />}
    </>
  )
}

const Figures = ({ list }: { list: List }) => {
  const { t } = useTranslation()
  const recount = useAction({
    run: () => call('recountImport', { params: { importId: list.importId } }),
    refresh: [['proposals'], ['imports']],
  })
  const old = !list.checkedAt || Date.parse(list.checkedAt) < Date.now() - FIGURES_LIFE_MS
  const when = t('proposals.figuresAt', { at: formatInstant(list.checkedAt) })
  return (
    <div style={{ marginTop: 12 }} data-testid="figures">
      <Problem error={recount.error} />
      <Alert
        type={old ? 'warning' : 'info'}
        showIcon
        title={when}
        {...(old ? { description: t('proposals.figuresOld') } : {})}
        action={
          list.recounting ? (
            <span role="status">
              <Spin size="small" /> {t('proposals.recounting')}
            </span>
          ) : (
            <Button size="small" loading={recount.isPending} onClick={() => recount.mutate(undefined)}>
              {t('proposals.recount')}
            </Button>
          )
        }
      />
    </div>
  )
}

const Sample = ({ importId }: { importId: string }) => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['imports', 'sample', importId],
    queryFn: () => call('listImportSample', { params: { importId } }),
    // Some rows are drawn by chance: others at every opening, the same while one reads.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <QueryView query={query}>
      {({ rows }) => (
        <section aria-labelledby="sample" data-testid="sample">
          <h3 id="sample">{t('proposals.sample')}</h3>
          <p className="quiet small">{t('proposals.sampleHint')}</p>
          <SampleTable rows={rows} />
        </section>
      )}
    </QueryView>
  )
}

type Row = Call<'listImportSample'>['result']['rows'][number]

const SampleTable = ({ rows }: { rows: Row[] }) => {
  const { t } = useTranslation()
  const extras = EXTRAS.filter((key) => rows.some((row) => row[key]))
  const columns: TableColumnType<Row>[] = [
    {
      title: t('proposals.sampleRow'),
      render: (_, { sheet, rowNumber }) => [sheet, rowNumber].filter(Boolean).join(' '),
    },
    { title: t('proposals.sampleWho'), render: (_, row) => <Who row={row} /> },
    { title: t('proposals.sampleWhat'), render: (_, { what }) => wordRow(t, what) },
    { title: t('proposals.sampleAt'), render: (_, { at }) => formatInstant(at) },
    ...extras.map((key) => ({ title: t(`proposals.sampleExtras.${key}`), dataIndex: key })),
  ]
  return (
    <Table
      ref={useScrolledByKeys()}
      size="small"
      pagination={false}
      scroll={{ x: 'max-content' }}
      rowKey={({ sheet = '', rowNumber }) => `${sheet} ${rowNumber}`}
      dataSource={rows}
      columns={columns}
    />
  )
}

const Who = ({ row: { place, nameMasked, documentNumberMasked } }: { row: Row }) => {
  const { t } = useTranslation()
  if (place) return <>{place}</>
  if (!nameMasked) return <span className="quiet">{t('proposals.sampleUnregistered')}</span>
  return (
    <>
      {nameMasked} <span className="code-text small">{documentNumberMasked}</span>
    </>
  )
}
