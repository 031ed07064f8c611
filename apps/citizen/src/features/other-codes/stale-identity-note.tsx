import { goTo } from '../../platform/navigate.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

interface Person {
  memberId?: string | undefined
  nameMasked: string
}

/** Whose identity data the province wants renewed, each with the way to the form. */
export const StaleIdentities = ({ persons }: { persons: readonly Person[] }) =>
  persons.length === 0 ? null : (
    <Message kind="wrong">
      {persons.map(({ memberId, nameMasked }) => (
        <p key={memberId ?? 'me'} data-testid="stale-identity">
          {say('otherCodes.staleNote', { name: nameMasked })}{' '}
          <Button
            kind="link"
            onClick={() => goTo('other-codes', memberId === undefined ? {} : { member: memberId })}
          >
            {say('otherCodes.staleLink')}
          </Button>
        </p>
      ))}
    </Message>
  )

/** Asked for after what matters is on the screen, and silent where it can not be asked. A new key asks anew. */
export const StaleIdentityNote = () => {
  const { value } = useRemote(() => api.call('listStaleIdentities', {}))
  return <StaleIdentities persons={value?.persons ?? []} />
}
