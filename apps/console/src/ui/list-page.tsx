import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, DataList } from './data-list.tsx'
import { PageHead } from './page-head.tsx'
import { QueryView } from './query-view.tsx'
import type { UrlFilters } from './url-filters.ts'

interface ListQuery<Query, Answer> {
  /** First parts of the query's key: what a change names that has the list read anew. */
  key: readonly string[]
  /** The filters, and the page after which the list goes on. */
  query: Query
  load: (query: Query) => Promise<Answer>
  refreshMs?: number | ((answer: Answer | undefined) => number)
}

/** One page of a list. The page before stays in sight until the next is there. */
export const useListQuery = <Query, Answer>({ key, query, load, refreshMs }: ListQuery<Query, Answer>) =>
  useQuery({
    queryKey: [...key, query],
    queryFn: () => load(query),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      typeof refreshMs === 'function' ? refreshMs(state.data as Answer | undefined) : (refreshMs ?? false),
  })

interface Props<Row, Answer> {
  /** Section of the words: its `title`, and `empty` and `emptyHint` for a list without rows. */
  words: string
  lead?: string
  /** What can be done besides the rows, in the head. */
  actions?: ReactNode
  filters?: ReactNode
  /** Between the filters and the list. */
  above?: ReactNode
  query: UseQueryResult<Answer>
  paging: UrlFilters['paging']
  rows: (answer: Answer) => readonly Row[]
  rowKey: (row: Row) => string
  columns: readonly Column<Row>[]
  rowActions?: (row: Row) => ReactNode
  expand?: (row: Row) => ReactNode
  /** Other words than the section's, or a button, for a list without rows. */
  empty?: { title?: string; action?: ReactNode }
  /** Drawers and dialogs. */
  children?: ReactNode
}

/** The form of every list page: head, lead, filters, list. A page says what is in them. */
export const ListPage = <Row extends object, Answer extends { nextCursor?: string }>(
  props: Props<Row, Answer>,
) => {
  const { t } = useTranslation()
  const { words, query, rowActions, expand } = props
  const title = t(`${words}.title`)
  return (
    <>
      <PageHead title={title} actions={props.actions} />
      {props.lead && <p className="quiet">{props.lead}</p>}
      {props.filters && <search className="filters">{props.filters}</search>}
      {props.above}
      <QueryView query={query}>
        {(answer) => (
          <DataList
            label={title}
            rows={props.rows(answer)}
            rowKey={props.rowKey}
            columns={props.columns}
            refreshing={query.isPlaceholderData}
            paging={props.paging(answer.nextCursor)}
            empty={{ title: t(`${words}.empty`), hint: t(`${words}.emptyHint`), ...props.empty }}
            {...(rowActions ? { actions: rowActions } : {})}
            {...(expand ? { expand } : {})}
          />
        )}
      </QueryView>
      {props.children}
    </>
  )
}
