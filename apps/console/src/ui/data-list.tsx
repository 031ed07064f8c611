import { Button, Empty, Grid, Table } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface Column<T> {
  key: string
  title: string
  render: (row: T) => ReactNode
  width?: number
  /** The heading of a card on narrow windows; exactly one column has it. */
  primary?: boolean
  /** Buttons: last, without label on a card. */
  actions?: boolean
}

interface Props<T> {
  label: string
  rows: readonly T[]
  rowKey: (row: T) => string
  columns: readonly Column<T>[]
  empty: { title: string; hint?: string; action?: ReactNode }
  refreshing?: boolean
  /** Cards also on wide windows: a drawer is narrow. */
  asCards?: boolean
  paging?: { isFirst: boolean; toFirst: () => void; toNext: (() => void) | undefined }
  expand?: (row: T) => ReactNode
}

/** A table on wide windows, cards on narrow ones; pages follow each other by key. */
export const DataList = <T extends object>(props: Props<T>) => {
  const { rows, empty } = props
  const wide = Grid.useBreakpoint().md !== false
  if (rows.length === 0)
    return (
      <div className="panel" style={{ opacity: props.refreshing ? 0.6 : 1 }}>
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={
            <>
              <div>{empty.title}</div>
              {empty.hint && <div className="quiet small">{empty.hint}</div>}
            </>
          }
        >
          {empty.action}
        </Empty>
        <Paging paging={props.paging} />
      </div>
    )
  return (
    <>
      {wide && !props.asCards ? <WideList {...props} /> : <Cards {...props} />}
      <Paging paging={props.paging} />
    </>
  )
}

const WideList = <T extends object>({ label, rows, rowKey, columns, refreshing, expand }: Props<T>) => (
  <Table<T>
    aria-label={label}
    dataSource={[...rows]}
    rowKey={rowKey}
    pagination={false}
    loading={refreshing ?? false}
    scroll={{ x: 'max-content' }}
    columns={columns.map(({ key, title, render, width, actions }) => ({
      key,
      title,
      ...(width === undefined ? {} : { width }),
      // Buttons stay in sight however wide the rest is.
      ...(actions ? { fixed: 'end' as const } : {}),
      render: (_: unknown, row: T) => render(row),
    }))}
    {...(expand ? { expandable: { expandedRowRender: expand } } : {})}
  />
)

const Cards = <T extends object>({ label, rows, rowKey, columns, refreshing, expand }: Props<T>) => (
  <ul className="cards" aria-label={label} style={{ opacity: refreshing ? 0.6 : 1 }}>
    {rows.map((row) => (
      <li key={rowKey(row)}>
        <dl>
          {columns
            .filter(({ actions }) => !actions)
            .sort((a, b) => Number(b.primary ?? false) - Number(a.primary ?? false))
            .map((column) => (
              <Pair key={column.key} title={column.title} isTitle={column.primary ?? false}>
                {column.render(row)}
              </Pair>
            ))}
        </dl>
        {columns
          .filter(({ actions }) => actions)
          .map((column) => (
            <div key={column.key} className="card-actions">
              {column.render(row)}
            </div>
          ))}
        {expand?.(row)}
      </li>
    ))}
  </ul>
)

const Pair = (props: { title: string; isTitle: boolean; children: ReactNode }) => {
  const { title, isTitle, children } = props
  if (isTitle) return <dd className="card-title">{children}</dd>
  // A card has no room for what is not there.
  if (children === '' || children === undefined || children === null) return null
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
  )
}

const Paging = ({ paging }: { paging: Props<object>['paging'] }) => {
  const { t } = useTranslation()
  if (!paging || (paging.isFirst && !paging.toNext)) return null
  return (
    <div className="list-more">
      {!paging.isFirst && <Button onClick={paging.toFirst}>{t('app.action.firstPage')}</Button>}
      <Button disabled={!paging.toNext} onClick={() => paging.toNext?.()}>
        {t('app.action.more')}
      </Button>
    </div>
  )
}
