import type { FollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { useAction } from '../../ui/use-action.ts'
import { OfferDialog } from './offer-dialog.tsx'
import { RowProblem } from './row-problem.tsx'
import { requireDone } from './rows-done.ts'

/** Offers somebody to another division, as this page saw them. */
export const OfferModal = ({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) => {
  const { t } = useTranslation()
  const [requestId] = useState(() => crypto.randomUUID())
  const { followUpId, version } = followUp
  const offering = useAction({
    run: async (toDivisionCode: string) =>
      requireDone(
        await call('offerFollowUps', {
          body: { requestId, rows: [{ followUpId, version }], toDivisionCode },
        }),
      ),
    refresh: [['follow-ups']],
    done: t('app.action.done'),
    onDone: onClose,
  })
  return (
    <OfferDialog
      title={t('followUps.offer')}
      problem={<RowProblem error={offering.error} />}
      busy={offering.isPending}
      onOffer={offering.mutate}
      onClose={onClose}
    />
  )
}
