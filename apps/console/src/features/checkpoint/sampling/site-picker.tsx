import type { SamplingShift } from '@jiankangbao/contracts/sampling/schemas'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/client.ts'
import { describeError } from '../../../api/error-words.ts'
import { createRequestId } from '../../../api/request-id.ts'
import '../point-picker.css'

/** Where the shift is. It begins with network, once; from then on none is needed. */
export const SitePicker = ({ onStart }: { onStart: (shift: SamplingShift) => void }) => {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: ['sampling-sites'], queryFn: () => call('listSamplingSites', {}) })
  const start = useMutation({
    mutationFn: (siteId: string) =>
      call('startSamplingShift', { body: { requestId: createRequestId(), siteId } }),
    onSuccess: onStart,
  })
  const error = query.error ?? start.error
  return (
    <main className="cp-picker">
      <h1>{t('sampling.chooseSite')}</h1>
      {query.isPending && <p role="status">{t('app.state.loading')}</p>}
      {error && (
        <p className="cp-problem" role="alert">
          {describeError(t, error).title}{' '}
          <button type="button" className="plain-link" onClick={() => void query.refetch()}>
            {t('app.state.retry')}
          </button>
        </p>
      )}
      {query.data?.sites.length === 0 && <p>{t('sampling.noSites')}</p>}
      <ul>
        {query.data?.sites.map((site) => (
          <li key={site.siteId}>
            <button type="button" disabled={start.isPending} onClick={() => start.mutate(site.siteId)}>
              <b>{site.name}</b>
              <span>{site.divisionName}</span>
            </button>
          </li>
        ))}
      </ul>
    </main>
  )
}
