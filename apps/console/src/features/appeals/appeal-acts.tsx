import type { OfficeAppeal } from '@jiankangbao/contracts/appeal/schemas'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { OpenButton } from '../../ui/open-button.tsx'
import { Problem } from '../../ui/problem.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'
import { AnswerModal } from './answer-modal.tsx'
import { HandOverModal } from './hand-over-modal.tsx'
import { ProposeModal } from './propose-modal.tsx'

type Act = 'answer' | 'propose' | 'handOver' | 'escalate' | 'passOn'

/** What may be done with it now, by whom it is looked at. */
export const AppealActs = ({ appeal }: { appeal: OfficeAppeal }) => {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const [act, setAct] = useState<Act>()
  const close = () => setAct(undefined)
  const take = useAction({
    run: () => call('takeAppeal', { params: { appealId: appeal.appealId } }),
    refresh: [['appeals']],
    done: t('appeals.taken'),
  })
  const escalation = useAction({
    run: (note: string) => call('escalateAppeal', { params: { appealId: appeal.appealId }, body: { note } }),
    refresh: [['appeals', 'list']],
    done: t('appeals.handedOver'),
    onDone: () => void navigate(pathTo('/appeals')),
  })
  const passing = useAction({
    run: (note: string) =>
      call('handOverAppeal', {
        params: { appealId: appeal.appealId },
        body: { divisionCode: appeal.divisionCode, note },
      }),
    refresh: [['appeals']],
    done: t('appeals.handedOver'),
    onDone: close,
  })
  const open = appeal.state === 'submitted' || appeal.state === 'in_progress'
  const working = appeal.mine && appeal.state === 'in_progress'
  return (
    <>
      <Problem error={take.error} />
      {open && !working && <Alert type="info" showIcon title={t('appeals.takeFirst')} />}
      <div className="appeal-acts">
        {open && !working && (
          <Button type="primary" loading={take.isPending} onClick={() => take.mutate()}>
            {t(appeal.handledBy ? 'appeals.takeOver' : 'appeals.take')}
          </Button>
        )}
        {working && may('proposeAppeal') && (
          <Button type="primary" onClick={() => setAct('propose')}>
            {t('appeals.propose')}
          </Button>
        )}
        {working && may('answerAppeal') && (
          <Button onClick={() => setAct('answer')}>{t('appeals.answerTitle')}</Button>
        )}
        {working && !may('answerAppeal') && (
          <Button type="primary" onClick={() => setAct('passOn')}>
            {t('appeals.passOn')}
          </Button>
        )}
        {open && <Button onClick={() => setAct('handOver')}>{t('appeals.handOver')}</Button>}
        {appeal.mayEscalate && <Button onClick={() => setAct('escalate')}>{t('appeals.escalate')}</Button>}
        <ProposalLink appeal={appeal} />
      </div>
      <AnswerModal appeal={appeal} open={act === 'answer'} onClose={close} />
      <ProposeModal appeal={appeal} open={act === 'propose'} onClose={close} />
      <HandOverModal appeal={appeal} open={act === 'handOver'} onClose={close} />
      <ReasonModal
        open={act === 'passOn'}
        title={t('appeals.passOn')}
        label={t('appeals.handOverNote')}
        warning={t('appeals.passOnWarn')}
        busy={passing.isPending}
        error={passing.error}
        onSubmit={(note) => passing.mutate(note)}
        onClose={close}
      />
      <ReasonModal
        open={act === 'escalate'}
        title={t('appeals.escalate')}
        label={t('appeals.handOverNote')}
        warning={t('appeals.escalateWarn')}
        busy={escalation.isPending}
        error={escalation.error}
        onSubmit={(note) => escalation.mutate(note)}
        onClose={close}
      />
    </>
  )
}

const ProposalLink = ({ appeal: { proposalId } }: { appeal: OfficeAppeal }) => {
  const may = useMay()
  if (!proposalId || !may('listProposals')) return null
  return (
    <OpenButton
      to={pathTo('/proposals/:proposalId?', { proposalId, state: 'all' })}
      words="appeals.openProposal"
    />
  )
}
