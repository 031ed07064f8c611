import type { FollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Proposes that somebody was not tested in time; a second person decides. */
export const OverdueTestModal = ({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) => {
  const { t } = useTranslation()
  const [requestId] = useState(() => crypto.randomUUID())
  const { followUpId } = followUp
  const proposing = useAction({
    run: (evidence: string) =>
      call('proposeOverdueTest', { params: { followUpId }, body: { requestId, evidence } }),
    refresh: [['follow-ups'], ['proposals']],
    done: t('app.action.done'),
    onDone: onClose,
  })
  return (
    <ReasonModal
      open
      title={t('followUps.proposeTest')}
      label={t('people.evidence')}
      warning={t('followUps.proposeTestHint')}
      busy={proposing.isPending}
      error={proposing.error}
      onSubmit={(evidence) => proposing.mutate(evidence)}
      onClose={onClose}
    />
  )
}
