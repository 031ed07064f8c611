import { Button, Checkbox, Empty, Grid, Table, type TableColumnType } from 'antd'
import type { TFunction } from 'i18next'
import type { Key, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useScrolledByKeys } from './scrolled-by-keys.ts'

export interface Column<T> {
  key: string
  /** Key of the heading's words. */
  title: string
  render: (row: T, t: TFunction) => ReactNode
  /** The heading of a card on narrow windows; exactly one column has it. */
  primary?: boolean
}

interface Props<T> {
  label: string
  rows: readonly T[]
  rowKey: (row: T) => string
  /** Stand above the page as a constant: what a page holds does not reach into a table. */
  columns: readonly Column<T>[]
  /** The buttons of a row, last. */
  actions?: (row: T) => ReactNode
  empty: { title: string; hint?: string; action?: ReactNode }
  refreshing?: boolean
  /** Cards also on wide windows: a drawer is narrow. */
  asCards?: boolean
  paging?: { isFirst: boolean; toFirst: () => void; toNext: (() => void) | undefined }
  expand?: (row: T) => ReactNode
  /** Rows to be chosen for an act on many; the chosen ones by key. */
  choosing?: { chosen: readonly string[]; choose: (chosen: string[]) => void }
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

const WideList = <T extends object>(props: Props<T>) => {
  const { t } = useTranslation()
  const { label, rows, rowKey, columns, actions, refreshing, expand, choosing } = props
  const shown: TableColumnType<T>[] = columns.map(({ key, title, render }) => ({
    key,
    title: t(title),
    render: (_, row) => render(row, t),
  }))
  // Buttons stay in sight however wide the rest is.
  if (actions)
    shown.push({
      key: 'actions',
      title: t('app.action.column'),
      fixed: 'end',
      render: (_, row) => actions(row),
    })
  return (
    <Table<T>
      ref={useScrolledByKeys()}
      aria-label={label}
      dataSource={[...rows]}
      rowKey={rowKey}
      pagination={false}
      loading={refreshing ?? false}
      scroll={{ x: 'max-content' }}
      columns={shown}
      {...(expand ? { expandable: { expandedRowRender: expand } } : {})}
      {...(choosing
        ? {
            rowSelection: {
              selectedRowKeys: [...choosing.chosen],
              onChange: (keys: readonly Key[]) => choosing.choose(keys.map(String)),
            },
          }
        : {})}
    />
  )
}

const Cards = <T extends object>(props: Props<T>) => {
  const { label, rows, rowKey, refreshing } = props
  return (
    <ul className="cards" aria-label={label} style={{ opacity: refreshing ? 0.6 : 1 }}>
      {rows.map((row) => (
        <Card key={rowKey(row)} row={row} {...props} />
      ))}
    </ul>
  )
}

const Choice = ({ choosing, id }: { choosing: NonNullable<Props<object>['choosing']>; id: string }) => {
  const { t } = useTranslation()
  const { chosen, choose } = choosing
  return (
    <Checkbox
      checked={chosen.includes(id)}
      onChange={({ target }) =>
        choose(target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
      }
    >
      {t('app.action.choose')}
    </Checkbox>
  )
}

const Card = <T extends object>({
  row,
  rowKey,
  columns,
  actions,
  expand,
  choosing,
}: Props<T> & { row: T }) => {
  const { t } = useTranslation()
  const sorted = [...columns].sort((a, b) => Number(b.primary ?? false) - Number(a.primary ?? false))
  return (
    <li>
      <dl>
        {sorted.map((column) => (
          <Pair key={column.key} title={t(column.title)} isTitle={column.primary ?? false}>
            {column.render(row, t)}
          </Pair>
        ))}
      </dl>
      {choosing && <Choice choosing={choosing} id={rowKey(row)} />}
      {actions && <div className="card-actions">{actions(row)}</div>}
      {expand?.(row)}
    </li>
  )
}

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
