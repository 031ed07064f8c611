import { isBusy } from '@jiankangbao/api-client/retry-timing'
import type { UseQueryResult } from '@tanstack/react-query'
import { Alert, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from './problem.tsx'

interface Props<T> {
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
}

/** Loading, busy with retries, error and data of one query, each with its own face. */
export const QueryView = <T,>({ query, children }: Props<T>) => {
  const { t } = useTranslation()
  const retrying = query.fetchStatus === 'fetching' && query.failureCount > 0
  const busy = retrying && isBusy(query.failureReason)
  return (
    <>
      {busy && (
        <Alert
          type="warning"
          showIcon
          role="status"
          style={{ marginBottom: 16 }}
          title={t('app.state.busyTitle')}
          description={t('app.state.busyText', { count: query.failureCount })}
        />
      )}
      {query.isError && !retrying && <Problem error={query.error} retry={() => void query.refetch()} />}
      {query.data !== undefined && children(query.data)}
      {query.isPending && !query.isError && (
        <div aria-busy="true">
          <span className="quiet small" role="status">
            {t('app.state.loading')}
          </span>
          <Skeleton active paragraph={{ rows: 5 }} title={false} />
        </div>
      )}
    </>
  )
}
