import type { Member } from '@jiankangbao/contracts/member/schemas'
import { goTo } from '../../platform/navigate.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../words/words.ts'
import { PassCard } from '../pass/pass-card.tsx'
import { usePass } from '../pass/use-pass.ts'

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

const whyNoCode = ({ ownAccount, showsCode }: Member): string | undefined => {
  if (showsCode) return undefined
  return say(ownAccount ? 'family.keepsCode' : 'family.notAgreed')
}

/** Somebody the account holder looks after, with what they may do for them. */
export const MemberCard = ({ member, shown, onShow, onRemove }: MemberCardProps) => {
  const { memberId, nameMasked } = member
  const withheld = whyNoCode(member)
  return (
    <li className="card stack" data-testid="member">
      <div className="person-head">
        <span className="person-name">{nameMasked}</span>
        <span className="chip">{say(`family.relations.${member.relation}`)}</span>
        {member.ownAccount && <span className="chip">{say('family.ownAccount')}</span>}
      </div>
      <p className="small">
        {say(`identity.type.${member.documentType}`)} {member.documentNumberMasked}
      </p>
      {withheld !== undefined && <p className="small">{withheld}</p>}
      {shown && <MemberCode memberId={memberId} />}
      <div className="row">
        {member.showsCode && (
          <Button kind="quiet" onClick={onShow} label={`${say('family.showCode')} ${nameMasked}`}>
            {shown ? say('action.close') : say('family.showCode')}
          </Button>
        )}
        {member.showsCode && member.mayHoldPaperCode && (
          <Button
            kind="quiet"
            label={`${say('family.paper')} ${nameMasked}`}
            onClick={() => goTo('paper-code', { member: memberId })}
          >
            {say('family.paper')}
          </Button>
        )}
        {!member.ownAccount && (
          <Button
            kind="link"
            label={say('holders.of', { name: nameMasked })}
            onClick={() => goTo('holders', { member: memberId })}
          >
            {say('family.whoHolds')}
          </Button>
        )}
        <Button
          kind="link"
          label={`${say('family.wrongData')} ${nameMasked}`}
          onClick={() => goTo('ticket', { kind: 'wrong_data', member: memberId })}
        >
          {say('family.wrongData')}
        </Button>
        <Button kind="link" onClick={onRemove} label={`${say('family.remove')} ${nameMasked}`}>
          {say('family.remove')}
        </Button>
      </div>
    </li>
  )
}
