import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { pathTo } from '../../path-to.ts'

/** Says on the page of providers that a list of risk areas waits for headquarters. */
export const HeldListNote = () => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['risk-area-feeds'],
    queryFn: () => call('listRiskAreaFeeds', {}),
    refetchInterval: 30_000,
  })
  const held = query.data?.feeds.find(({ state }) => state === 'held')
  if (!held) return null
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 16 }}
      title={t('riskAreas.heldTitle', { count: held.areas })}
      description={<Link to={pathTo('/risk-areas')}>{t('riskAreas.title')}</Link>}
    />
  )
}
