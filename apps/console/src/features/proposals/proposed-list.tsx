import type { Proposal } from '@jiankangbao/contracts/schemas/finding'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Spin, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { wordRow } from '../../ui/status-words.ts'
import { useAction } from '../../ui/use-action.ts'

/** Figures older than this are counted anew before anybody may approve; the server decides the same. */
const FIGURES_LIFE_MS = 24 * 3600_000

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
          <Table
            size="small"
            pagination={false}
            scroll={{ x: 'max-content' }}
            rowKey={(row) => `${row.sheet ?? ''} ${row.rowNumber}`}
            dataSource={rows}
            columns={[
              {
                title: t('proposals.sampleRow'),
                render: (_, row) => `${row.sheet ? `${row.sheet} ` : ''}${row.rowNumber}`,
              },
              {
                title: t('proposals.sampleWho'),
                render: (_, row) =>
                  row.place ??
                  (row.nameMasked ? (
                    <>
                      {row.nameMasked} <span className="code-text small">{row.documentNumberMasked}</span>
                    </>
                  ) : (
                    <span className="quiet">{t('proposals.sampleUnregistered')}</span>
                  )),
              },
              { title: t('proposals.sampleWhat'), render: (_, row) => wordRow(t, row.what) },
              { title: t('proposals.sampleAt'), render: (_, row) => formatInstant(row.at) },
              ...[
                { title: t('proposals.sampleWorkplace'), dataIndex: 'workplace' as const },
                { title: t('proposals.sampleZone'), dataIndex: 'zone' as const },
                { title: t('proposals.sampleContact'), dataIndex: 'contact' as const },
              ].filter(({ dataIndex }) => rows.some((row) => row[dataIndex])),
            ]}
          />
        </section>
      )}
    </QueryView>
  )
}
