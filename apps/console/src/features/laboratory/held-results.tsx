import type { HeldResult } from '@jiankangbao/contracts/tube/schemas'
import type { HeldVerdict } from '@jiankangbao/domain/testing/tube-result'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { Problem } from '../../ui/problem.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

const heldQuery = {
  queryKey: ['held-results'],
  queryFn: () => call('listHeldResults', { query: { limit: 100 } }),
  refetchInterval: 20_000,
}

/** Results that can not be true as they stand: none of them counts before somebody has looked. */
export const HeldResults = ({ empty }: { empty?: string }) => {
  const { t } = useTranslation()
  const query = useQuery(heldQuery)
  const [deciding, setDeciding] = useState<{ result: HeldResult; verdict: HeldVerdict }>()
  const decide = useAction({
    run: (reason: string) =>
      call('decideHeldResult', {
        params: { tubeResultId: deciding?.result.tubeResultId ?? '' },
        body: { verdict: deciding?.verdict ?? 'drop', reason },
      }),
    refresh: [heldQuery.queryKey, ['laboratory-boxes']],
    onDone: () => setDeciding(undefined),
  })
  if (query.isError) return <Problem error={query.error} retry={() => void query.refetch()} />
  const results = query.data?.results ?? []
  if (results.length === 0) return query.data && empty ? <p>{empty}</p> : null
  return (
    <>
      <Alert
        type="error"
        showIcon
        style={{ marginBottom: 16 }}
        title={t('laboratory.heldTitle', { count: results.length })}
        description={
          <ul className="plate" data-testid="held-results">
            {results.map((result) => (
              <Held
                key={result.tubeResultId}
                result={result}
                onDecide={(verdict) => setDeciding({ result, verdict })}
              />
            ))}
          </ul>
        }
      />
      <ReasonModal
        open={deciding !== undefined}
        title={deciding ? t(`laboratory.verdicts.${deciding.verdict}`) : ''}
        busy={decide.isPending}
        error={decide.error}
        onSubmit={(reason) => decide.mutate(reason)}
        onClose={() => {
          decide.reset()
          setDeciding(undefined)
        }}
      />
    </>
  )
}

const Held = ({ result, onDecide }: { result: HeldResult; onDecide: (verdict: HeldVerdict) => void }) => {
  const { t } = useTranslation()
  return (
    <li>
      <code>{result.barcode}</code> {result.result ? t(`laboratory.results.${result.result}`) : ''} ·{' '}
      {t(`laboratory.held.${result.reason}`)} · {formatInstant(result.toldAt)}{' '}
      <Space>
        <Button size="small" onClick={() => onDecide('apply')}>
          {t('laboratory.verdicts.apply')}
        </Button>
        <Button size="small" onClick={() => onDecide('drop')}>
          {t('laboratory.verdicts.drop')}
        </Button>
      </Space>
    </li>
  )
}
