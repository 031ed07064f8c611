import type { UpstreamProvider } from '@jiankangbao/contracts/upstream/schemas'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'

const yuan = (amount: number): string => amount.toFixed(2)
const FULL = 100

/** Of a provider that is paid by the piece, or one of several: its turn, when it took over, receipts and what it cost. */
export const ProviderAccount = ({ provider }: { provider: UpstreamProvider }) => {
  const { t } = useTranslation()
  const { turn, tookOver, receipts, spent } = provider
  return (
    <>
      {turn !== undefined && (
        <>
          <dt>{t('upstream.turn')}</dt>
          <dd>{t(turn === 1 ? 'upstream.turnFirst' : 'upstream.turnLater', { turn })}</dd>
        </>
      )}
      {tookOver && (
        <>
          <dt>{t('upstream.tookOver')}</dt>
          <dd>
            {t('upstream.tookOverTimes', { times: tookOver.count, at: formatInstant(tookOver.lastAt) })}
          </dd>
        </>
      )}
      {receipts && (
        <>
          <dt>{t('upstream.receipts')}</dt>
          <dd>{t('upstream.receiptCounts', receipts)}</dd>
        </>
      )}
      {spent && <Spent spent={spent} />}
    </>
  )
}

const Spent = ({ spent }: { spent: NonNullable<UpstreamProvider['spent']> }) => {
  const { t } = useTranslation()
  const { units, budgetYuan } = spent
  const isUsedUp = budgetYuan !== undefined && spent.yuan >= budgetYuan
  const share = budgetYuan ? Math.min(FULL, (FULL * spent.yuan) / budgetYuan) : undefined
  return (
    <>
      <dt>{t('upstream.cost')}</dt>
      <dd>{t('upstream.costToday', { yuan: yuan(spent.yuan), units })}</dd>
      <dt>{t('upstream.costOfMonth')}</dt>
      <dd>{t('upstream.yuan', { yuan: yuan(spent.yuanOfMonth) })}</dd>
      {budgetYuan !== undefined && (
        <>
          <dt>{t('upstream.budget')}</dt>
          <dd>
            {share !== undefined && (
              <meter className="provider-budget" aria-hidden="true" max={FULL} value={share} />
            )}
            {isUsedUp
              ? t('upstream.budgetUsedUp', { yuan: yuan(budgetYuan) })
              : t('upstream.yuan', { yuan: yuan(budgetYuan) })}
          </dd>
        </>
      )}
    </>
  )
}
