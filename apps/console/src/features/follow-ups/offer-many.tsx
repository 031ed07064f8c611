import type { FollowUp, FollowUpRows } from '@jiankangbao/contracts/follow-up/schemas'
import { OFFER_VERDICTS } from '@jiankangbao/domain/vocabulary/follow-ups'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { VERDICT_WORDS, type Verdict } from './offer-acts.tsx'
import { OfferDialog } from './offer-dialog.tsx'

interface Props {
  chosen: readonly FollowUp[]
  /** Goes into the history of each. */
  note: string
  onAnswer: (answer: FollowUpRows) => void
}

const rowsOf = (chosen: readonly FollowUp[]) =>
  chosen.map(({ followUpId, version }) => ({ followUpId, version }))

const isOpen = (verdict: Verdict, { offeredTo, offeredHere, own }: FollowUp): boolean =>
  offeredTo !== undefined && (verdict === 'take_back' ? own : offeredHere)

/** Gives many to another division, or answers for many that are offered; each button appears where it means somebody chosen. */
export const OfferMany = ({ chosen, note, onAnswer }: Props) => {
  const { t } = useTranslation()
  const [isOffering, setOffering] = useState(false)
  const answering = useAction({
    run: (verdict: Verdict) =>
      call('answerFollowUpOffers', {
        body: { requestId: crypto.randomUUID(), rows: rowsOf(chosen), verdict, ...(note ? { note } : {}) },
      }),
    refresh: [['follow-ups']],
    onDone: onAnswer,
  })
  const verdicts = OFFER_VERDICTS.filter((verdict) => chosen.some((each) => isOpen(verdict, each)))
  return (
    <>
      {chosen.some(({ own, offeredTo, state }) => own && !offeredTo && state === 'open') && (
        <Button onClick={() => setOffering(true)}>{t('followUps.offer')}</Button>
      )}
      {verdicts.map((verdict) => (
        <Button
          key={verdict}
          loading={answering.isPending && answering.variables === verdict}
          onClick={() => answering.mutate(verdict)}
        >
          {t(`followUps.${VERDICT_WORDS[verdict]}`)}
        </Button>
      ))}
      <Problem error={answering.error} />
      {isOffering && (
        <OfferManyModal
          chosen={chosen}
          note={note}
          onAnswer={(answer) => {
            setOffering(false)
            onAnswer(answer)
          }}
          onClose={() => setOffering(false)}
        />
      )}
    </>
  )
}

const OfferManyModal = ({ chosen, note, onAnswer, onClose }: Props & { onClose: () => void }) => {
  const { t } = useTranslation()
  const [requestId] = useState(() => crypto.randomUUID())
  const offering = useAction({
    run: (toDivisionCode: string) =>
      call('offerFollowUps', {
        body: { requestId, rows: rowsOf(chosen), toDivisionCode, ...(note ? { note } : {}) },
      }),
    refresh: [['follow-ups']],
    onDone: onAnswer,
  })
  return (
    <OfferDialog
      title={t('followUps.offerMany', { count: chosen.length })}
      problem={<Problem error={offering.error} />}
      busy={offering.isPending}
      onOffer={offering.mutate}
      onClose={onClose}
    />
  )
}
