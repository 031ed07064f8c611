import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { say } from '../../words/words.ts'
import type { usePages } from './use-pages.ts'

interface TimelineProps<Row> {
  pages: Omit<ReturnType<typeof usePages>, 'rows'> & { rows: Row[] }
  keyOf: (row: Row) => string
  render: (row: Row) => ReactNode
  label: string
}

/** Newest first, with loading, empty, failed and “more”. */
export const Timeline = <Row,>({ pages, keyOf, render, label }: TimelineProps<Row>) => (
  <div className="stack">
    <Failure error={pages.error} onRetry={pages.retry} />
    {pages.loading && !pages.loaded && <p role="status">{say('state.loading')}</p>}
    {pages.loaded && pages.rows.length === 0 && <p className="empty">{say('state.empty')}</p>}
    <ol className="timeline" aria-label={label}>
      {pages.rows.map((row) => (
        <li className="timeline-row" key={keyOf(row)} data-testid="row">
          {render(row)}
        </li>
      ))}
    </ol>
    {pages.more && (
      <Button kind="quiet" onClick={pages.more} busy={pages.loading}>
        {say('records.moreRows')}
      </Button>
    )}
  </div>
)
