import type { Member } from '@jiankangbao/contracts/member/schemas'
import { useState } from 'react'
import { goTo } from '../../platform/navigate.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { forgetRelative } from '../door/company.ts'
import { PassCard } from '../pass/pass-card.tsx'
import { usePass } from '../pass/use-pass.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'

const MemberCode = ({ memberId }: { memberId: string }) => {
  const pass = usePass(memberId, () => {})
  return (
    <PassCard
      view={pass.view}
      retrySeconds={pass.retrySeconds}
      loading={pass.loading}
      onRefresh={pass.reload}
    />
  )
}

interface MemberCardProps {
  member: Member
  shown: boolean
  onShow: () => void
  onRemove: () => void
}

const MemberCard = ({ member, shown, onShow, onRemove }: MemberCardProps) => (
  <li className="card stack" data-testid="member">
    <div className="person-head">
      <span className="person-name">{member.nameMasked}</span>
      <span className="chip">{say(`family.relations.${member.relation}`)}</span>
    </div>
    <p className="small">
      {say(`identity.type.${member.documentType}`)} {member.documentNumberMasked}
    </p>
    {shown && <MemberCode memberId={member.memberId} />}
    <div className="row">
      <Button kind="quiet" onClick={onShow} label={`${say('family.showCode')} ${member.nameMasked}`}>
        {shown ? say('action.close') : say('family.showCode')}
      </Button>
      {member.mayHoldPaperCode && (
        <Button
          kind="quiet"
          label={`${say('family.paper')} ${member.nameMasked}`}
          onClick={() => goTo('paper-code', { member: member.memberId })}
        >
          {say('family.paper')}
        </Button>
      )}
      <Button kind="link" onClick={onRemove} label={`${say('family.remove')} ${member.nameMasked}`}>
        {say('family.remove')}
      </Button>
    </div>
  </li>
)

/** People the account holder looks after. */
export const FamilyScreen = () => {
  const open = useGate('family')
  return <Screen name="family">{open && <Family />}</Screen>
}

const Family = () => {
  const list = useRemote(() => api.call('listMembers', {}))
  const [shown, setShown] = useState<string>()
  const [leaving, setLeaving] = useState<Member>()
  const [removed, setRemoved] = useState<string>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  const remove = async (member: Member) => {
    setBusy(true)
    setError(undefined)
    try {
      await api.call('removeMember', { params: { memberId: member.memberId } })
      forgetRelative(member.memberId)
      setRemoved(member.nameMasked)
      list.reload()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
      setLeaving(undefined)
    }
  }
  const members = list.value?.members ?? []
  const limit = list.value?.limit ?? 8
  return (
    <div className="stack">
      <p className="lead">{say('family.lead', { limit })}</p>
      {removed !== undefined && <Message kind="good">{say('family.removed', { name: removed })}</Message>}
      <Failure error={error ?? list.error} onRetry={list.reload} />
      {list.loading && !list.value && <p role="status">{say('state.loading')}</p>}
      {list.value && members.length === 0 && <p className="empty">{say('family.none')}</p>}
      <ul className="plain-list stack">
        {members.map((member) => (
          <MemberCard
            key={member.memberId}
            member={member}
            shown={shown === member.memberId}
            onShow={() => setShown(shown === member.memberId ? undefined : member.memberId)}
            onRemove={() => setLeaving(member)}
          />
        ))}
      </ul>
      {list.value && members.length >= limit ? (
        <p className="small">{say('family.full', { limit })}</p>
      ) : (
        <Button onClick={() => goTo('member-add')}>＋ {say('family.add')}</Button>
      )}
      {leaving && (
        <Dialog
          title={say('family.removeAsk', { name: leaving.nameMasked })}
          confirm={say('action.remove')}
          onConfirm={() => remove(leaving)}
          onCancel={() => setLeaving(undefined)}
          busy={busy}
        >
          {say('family.removeText')}
        </Dialog>
      )}
    </div>
  )
}
