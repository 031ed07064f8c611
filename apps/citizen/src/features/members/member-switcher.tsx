import type { Member } from '@jiankangbao/contracts/member/schemas'
import { useRemote } from '../../state/use-remote.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

interface MemberSwitcherProps {
  label: string
  /** Whom of the family it offers; all of them where nothing is said. */
  offers?: (member: Member) => boolean
  /** A member, or undefined for the account holder. */
  chosen: string | undefined
  onChoose: (memberId?: string) => void
}

/** Whose code or record a screen shows; nothing to choose without members. */
export const MemberSwitcher = ({ label, chosen, onChoose, offers = () => true }: MemberSwitcherProps) => {
  const { value } = useRemote(() => api.call('listMembers', {}))
  const members = value?.members.filter(offers) ?? []
  if (members.length === 0) return null
  const people = [{ memberId: undefined, nameMasked: say('pass.myself') }, ...members]
  return (
    <div className="switcher" role="radiogroup" aria-label={label}>
      {people.map(({ memberId, nameMasked }) => (
        // biome-ignore lint/a11y/useSemanticElements: mini programs have no free-standing radio input
        <button
          type="button"
          role="radio"
          key={memberId ?? 'me'}
          aria-checked={memberId === chosen}
          className={`switcher-person ${memberId === chosen ? 'switcher-chosen' : ''}`}
          onClick={() => onChoose(memberId)}
        >
          {nameMasked}
        </button>
      ))}
    </div>
  )
}
