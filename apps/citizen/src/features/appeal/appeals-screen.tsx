import type { Appeal } from '@jiankangbao/contracts/appeal/schemas'
import { useState } from 'react'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayCategory } from '../../words/words.ts'
import { useRenewal } from '../live/use-renewal.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import './appeal.css'

const verdictOf = ({ state }: Appeal): string => {
  if (state === 'upheld') return 'admit'
  return state === 'refused' || state === 'answered' ? 'deny' : 'review'
}

const Steps = ({ steps }: { steps: Appeal['steps'] }) => (
  <ol className="timeline">
    {steps.map(({ at, step, office }) => (
      <li className="timeline-row" key={`${at} ${step}`}>
        <p className="timeline-at">{momentText(at)}</p>
        <p>
          {say(`appeal.step.${step}`)}
          {office !== undefined && ` · ${office}`}
        </p>
      </li>
    ))}
  </ol>
)

const AppealCard = ({ appeal, onWithdraw }: { appeal: Appeal; onWithdraw: () => void }) => (
  <li className="card stack" data-testid="appeal" data-state={appeal.state}>
    <p className="row">
      <span className={`verdict verdict-${verdictOf(appeal)}`}>{say(`appeal.state.${appeal.state}`)}</span>
      {appeal.escalated && <span className="small">{say('appeal.escalated')}</span>}
    </p>
    <p className="timeline-title">{say('appeal.against', { reason: sayCategory(appeal.title) })}</p>
    <p className="small">
      {say('appeal.at', { name: appeal.nameMasked, at: momentText(appeal.submittedAt) })} ·{' '}
      {say('appeal.handledIn', { division: appeal.divisionName })}
      {appeal.pictures > 0 && ` · ${say('appeal.withPictures', { count: appeal.pictures })}`}
    </p>
    <p className="appeal-statement">{appeal.statement}</p>
    {appeal.answer !== undefined && (
      <div className="field" data-testid="appeal-answer">
        <p className="field-label">{say('appeal.answer')}</p>
        <p className="appeal-statement">{appeal.answer}</p>
      </div>
    )}
    <Steps steps={appeal.steps} />
    {appeal.mayWithdraw && (
      <Button kind="link" onClick={onWithdraw}>
        {say('appeal.withdraw')}
      </Button>
    )}
  </li>
)

const Appeals = () => {
  const { done } = useScreenParams('appeals')
  const list = useRemote(() => api.call('listMyAppeals', {}))
  useRenewal(list.reload)
  const [leaving, setLeaving] = useState<Appeal>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const withdraw = async ({ appealId }: Appeal) => {
    setBusy(true)
    setError(undefined)
    try {
      await api.call('withdrawAppeal', { params: { appealId } })
      list.reload()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
      setLeaving(undefined)
    }
  }
  const appeals = list.value?.appeals ?? []
  return (
    <div className="stack">
      {done !== undefined && <Message kind="good">{say('appeal.done')}</Message>}
      <Failure error={list.error} onRetry={list.reload} />
      <Failure error={error} />
      {list.loading && !list.value && <p role="status">{say('state.loading')}</p>}
      {list.value && appeals.length === 0 && <p className="empty">{say('appeal.nobody')}</p>}
      <ul className="plain-list stack">
        {appeals.map((appeal) => (
          <AppealCard key={appeal.appealId} appeal={appeal} onWithdraw={() => setLeaving(appeal)} />
        ))}
      </ul>
      {leaving && (
        <Dialog
          title={say('appeal.withdrawAsk')}
          confirm={say('appeal.withdraw')}
          onConfirm={() => void withdraw(leaving)}
          onCancel={() => setLeaving(undefined)}
          busy={busy}
        >
          {say('appeal.withdrawText')}
        </Dialog>
      )}
    </div>
  )
}

/** What the account objected to, and what became of it. */
export const AppealsScreen = () => {
  const open = useGate('appeals')
  return (
    <Screen name="appeals">
      <p className="lead">{say('appeal.listLead')}</p>
      {open && <Appeals />}
    </Screen>
  )
}
