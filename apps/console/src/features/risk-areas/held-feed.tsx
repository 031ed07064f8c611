import type { RiskAreaFeed } from '@jiankangbao/contracts/risk-area/schemas'
import { Alert, Button, Popconfirm, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

/** A list held back because it lifts many areas, and for headquarters the decision. */
export const HeldFeed = ({ feed, mayDecide }: { feed: RiskAreaFeed; mayDecide: boolean }) => {
  const { t } = useTranslation()
  const deciding = useAction({
    run: (verdict: 'apply' | 'drop') =>
      call('decideRiskAreaFeed', { params: { version: feed.version }, body: { verdict } }),
    refresh: [['risk-area-feeds'], ['risk-areas']],
    done: t('riskAreas.decided'),
  })
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 16 }}
      data-testid="held-feed"
      title={t('riskAreas.heldTitle', { count: feed.areas })}
      description={
        <>
          <p>{t('riskAreas.heldText', { at: formatInstant(feed.fetchedAt) })}</p>
          <Problem error={deciding.error} />
          {mayDecide && (
            <Space wrap>
              <Popconfirm
                title={t('riskAreas.applyAsk', { count: feed.areas })}
                onConfirm={() => deciding.mutate('apply')}
              >
                <Button danger loading={deciding.isPending}>
                  {t('riskAreas.apply')}
                </Button>
              </Popconfirm>
              <Button onClick={() => deciding.mutate('drop')} loading={deciding.isPending}>
                {t('riskAreas.drop')}
              </Button>
            </Space>
          )}
        </>
      }
    />
  )
}
