import type { Member, SentRequest } from '@jiankangbao/contracts/member/schemas'
import { useState } from 'react'
import { goTo } from '../../platform/navigate.ts'
import { useDeed } from '../../state/use-deed.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { forgetRelative } from '../door/company.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { MemberCard } from './member-card.tsx'
import { ReceivedRequests } from './received-requests.tsx'
import { SentRequests } from './sent-requests.tsx'

/** People the account holder looks after, who is asked, and who asks. */
export const FamilyScreen = () => {
  const open = useGate('family')
  return <Screen name="family">{open && <Family />}</Screen>
}

const Family = () => {
  const list = useRemote(() => api.call('listMembers', {}))
  const [shown, setShown] = useState<string>()
  const [leaving, setLeaving] = useState<Member>()
  const [done, setDone] = useState<string>()
  const deed = useDeed()

  const remove = async (member: Member) => {
    await deed.run(async () => {
      await api.call('removeMember', { params: { memberId: member.memberId } })
      forgetRelative(member.memberId)
      setDone(say('family.removed', { name: member.nameMasked }))
      list.reload()
    })
    setLeaving(undefined)
  }
  const withdraw = ({ familyRequestId, nameMasked }: SentRequest) =>
    deed.run(async () => {
      await api.call('withdrawFamilyRequest', { params: { familyRequestId } })
      setDone(say('family.withdrawn', { name: nameMasked }))
      list.reload()
    })
  const { members = [], waiting = [], limit = 8 } = list.value ?? {}
  return (
    <div className="stack">
      <ReceivedRequests />
      <p className="lead">{say('family.lead', { limit })}</p>
      {done !== undefined && <Message kind="good">{done}</Message>}
      <Failure error={deed.error ?? list.error} onRetry={list.reload} />
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
      <SentRequests waiting={waiting} busy={deed.busy} onWithdraw={withdraw} />
      {list.value && members.length + waiting.length >= limit ? (
        <p className="small">{say('family.full', { limit })}</p>
      ) : (
        <Button onClick={() => goTo('member-add')}>＋ {say('family.add')}</Button>
      )}
      <Button kind="quiet" onClick={() => goTo('holders')}>
        {say('holders.title')}
      </Button>
      {leaving && (
        <Dialog
          title={say('family.removeAsk', { name: leaving.nameMasked })}
          confirm={say('action.remove')}
          onConfirm={() => remove(leaving)}
          onCancel={() => setLeaving(undefined)}
          busy={deed.busy}
        >
          {say('family.removeText')}
        </Dialog>
      )}
    </div>
  )
}
