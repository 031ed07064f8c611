import type { Holder } from '@jiankangbao/contracts/member/schemas'
import { useState } from 'react'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useDeed } from '../../state/use-deed.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Tick } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'

/** Who looks after the account holder, or after a member without a phone: one look, an end to each. */
export const HoldersScreen = () => {
  const open = useGate('holders')
  const { member } = useScreenParams('holders')
  return (
    <Screen name="holders">
      {open && <Holders {...(member === undefined ? {} : { memberId: member })} />}
    </Screen>
  )
}

interface HolderCardProps {
  holder: Holder
  busy: boolean
  onAllow: (allowed: boolean) => void
  onRemove: () => void
}

const HolderCard = ({ holder, busy, onAllow, onRemove }: HolderCardProps) => {
  const { nameMasked, consentMeans, since, showsCode, mayAllowCode, mayRemove, isCaller } = holder
  return (
    <li className="card stack" data-testid="holder">
      <div className="person-head">
        <span className="person-name">{nameMasked}</span>
        {isCaller && <span className="chip chip-green">{say('holders.caller')}</span>}
        <span className="chip">{say(showsCode ? 'holders.showsCode' : 'holders.keepsCode')}</span>
      </div>
      <p className="small">
        {say('holders.since', { at: momentText(since), how: say(`holders.how.${consentMeans}`) })}
      </p>
      {mayAllowCode && (
        <Tick
          kind="switch"
          text={say('holders.allow')}
          hint={say('holders.allowHint')}
          ticked={showsCode}
          onChange={(allowed) => !busy && onAllow(allowed)}
        />
      )}
      {mayRemove ? (
        <Button
          kind="quiet"
          disabled={busy}
          label={`${say('holders.remove')} ${nameMasked}`}
          onClick={onRemove}
        >
          {say('holders.remove')}
        </Button>
      ) : (
        <p className="small">{say('holders.laterOnly')}</p>
      )}
    </li>
  )
}

const Holders = ({ memberId }: { memberId?: string }) => {
  const list = useRemote(() => api.call('listHolders', { query: memberId === undefined ? {} : { memberId } }))
  const [leaving, setLeaving] = useState<Holder>()
  const [removed, setRemoved] = useState<string>()
  const deed = useDeed()
  const allow = ({ holderId }: Holder, allowed: boolean) =>
    deed.run(async () => {
      await api.call('allowCode', { params: { holderId }, body: { allowed } })
      list.reload()
    })
  const remove = async ({ holderId, nameMasked }: Holder) => {
    await deed.run(async () => {
      await api.call('removeHolder', { params: { holderId } })
      setRemoved(nameMasked)
      list.reload()
    })
    setLeaving(undefined)
  }
  const holders = list.value?.holders ?? []
  return (
    <div className="stack">
      <p className="lead">{say('holders.lead')}</p>
      {removed !== undefined && <Message kind="good">{say('holders.removed', { name: removed })}</Message>}
      <Failure error={deed.error ?? list.error} onRetry={list.reload} />
      {list.loading && !list.value && <p role="status">{say('state.loading')}</p>}
      {list.value && holders.length === 0 && <p className="empty">{say('holders.none')}</p>}
      <ul className="plain-list stack">
        {holders.map((holder) => (
          <HolderCard
            key={holder.holderId}
            holder={holder}
            busy={deed.busy}
            onAllow={(allowed) => allow(holder, allowed)}
            onRemove={() => setLeaving(holder)}
          />
        ))}
      </ul>
      {leaving && (
        <Dialog
          title={say('holders.removeAsk', { name: leaving.nameMasked })}
          confirm={say('holders.remove')}
          onConfirm={() => remove(leaving)}
          onCancel={() => setLeaving(undefined)}
          busy={deed.busy}
        >
          {say('holders.removeText')}
        </Dialog>
      )}
    </div>
  )
}
