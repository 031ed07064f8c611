import type { FollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { OFFER_VERDICTS } from '@jiankangbao/domain/vocabulary/follow-ups'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { useAction } from '../../ui/use-action.ts'
import { RowProblem } from './row-problem.tsx'
import { requireDone } from './rows-done.ts'

export type Verdict = (typeof OFFER_VERDICTS)[number]

export const VERDICT_WORDS = {
  accept: 'accept',
  refuse: 'refuse',
  take_back: 'takeBack',
} as const satisfies Record<Verdict, string>

/** What can become of an offer: the other division takes them or sends them back, the giver takes it back. */
export const OfferActs = ({ followUp }: { followUp: FollowUp }) => {
  const { t } = useTranslation()
  const { followUpId, version, own, offeredHere } = followUp
  const answering = useAction({
    run: async (verdict: Verdict) =>
      requireDone(
        await call('answerFollowUpOffers', {
          body: { requestId: crypto.randomUUID(), rows: [{ followUpId, version }], verdict },
        }),
      ),
    refresh: [['follow-ups']],
    done: t('app.action.done'),
  })
  const verdicts = OFFER_VERDICTS.filter((verdict) => (verdict === 'take_back' ? own : offeredHere))
  return (
    <>
      {verdicts.map((verdict) => (
        <Button
          key={verdict}
          size="small"
          type={verdict === 'accept' ? 'primary' : 'default'}
          loading={answering.isPending && answering.variables === verdict}
          onClick={() => answering.mutate(verdict)}
        >
          {t(`followUps.${VERDICT_WORDS[verdict]}`)}
        </Button>
      ))}
      <RowProblem error={answering.error} />
    </>
  )
}
