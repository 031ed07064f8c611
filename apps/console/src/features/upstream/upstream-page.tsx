import type { UpstreamProvider } from '@jiankangbao/contracts/upstream/schemas'
import { useQuery } from '@tanstack/react-query'
import { Card, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { HeldListNote } from './held-list-note.tsx'
import { ProviderAccount } from './provider-account.tsx'
import { type Health, healthOf, sumOf, toAge } from './provider-health.ts'
import { ProvincialBacklog } from './provincial-backlog.tsx'
import { SlotBars } from './slot-bars.tsx'
import './upstream.css'

const REFRESH_MS = 10_000

const tagColours: Record<Health, string> = {
  well: 'success',
  unsteady: 'warning',
  away: 'error',
  idle: 'default',
}

/** The outside providers: whether they answer, how old the last answer is, and how the last day went. */
export default function UpstreamPage() {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['upstream'],
    queryFn: () => call('getUpstreamStatus', {}),
    refetchInterval: REFRESH_MS,
  })
  return (
    <>
      <PageHead title={t('upstream.title')} />
      <p className="quiet">{t('upstream.lead')}</p>
      <HeldListNote />
      <QueryView query={query}>
        {({ at, providers, provincial }) => (
          <div className="providers">
            {providers.map((provider) => (
              <ProviderCard key={provider.provider} provider={provider} at={at} />
            ))}
            <ProvincialBacklog backlog={provincial} at={at} />
          </div>
        )}
      </QueryView>
    </>
  )
}

const ProviderCard = ({ provider, at }: { provider: UpstreamProvider; at: string }) => {
  const { t } = useTranslation()
  const health = healthOf(provider)
  const name = t(`upstream.providers.${provider.provider}`)
  const { succeeded, failed } = sumOf(provider.slots)
  const share = succeeded + failed === 0 ? undefined : (100 * failed) / (succeeded + failed)
  return (
    <Card
      data-testid={`provider-${provider.provider}`}
      title={<h2 className="provider-name">{name}</h2>}
      extra={<Tag color={tagColours[health]}>{t(`upstream.health.${health}`)}</Tag>}
    >
      <dl className="provider-facts">
        <dt>{t('upstream.lastSuccess')}</dt>
        <dd>
          <Age instant={provider.lastSuccessAt} at={at} />
        </dd>
        {provider.dataAsOf && (
          <>
            <dt>{t('upstream.dataAsOf')}</dt>
            <dd>{formatInstant(provider.dataAsOf)}</dd>
          </>
        )}
        <dt>{t('upstream.failures')}</dt>
        <dd>
          {share === undefined
            ? t('upstream.noRequests')
            : t('upstream.failureShare', { share: share.toFixed(1), failed, total: succeeded + failed })}
        </dd>
        <ProviderAccount provider={provider} />
      </dl>
      <SlotBars slots={provider.slots} at={at} name={name} />
    </Card>
  )
}

const Age = ({ instant, at }: { instant: string | undefined; at: string }) => {
  const { t } = useTranslation()
  if (!instant) return t('upstream.never')
  const { unit, count } = toAge(instant, at)
  return (
    <>
      {t(`upstream.age.${unit}`, { count })} <span className="quiet small">{formatInstant(instant)}</span>
    </>
  )
}
