import { goTo } from '../../platform/navigate.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

/** For the phone that an identity left: the way to object, while there is one. */
export const TakeOverNote = () => {
  const takeOver = useRemote(() => api.call('getTakeOver', {})).value?.takeOver
  if (!takeOver?.isOld || !(takeOver.mayObject || takeOver.state === 'objected')) return null
  return (
    <Message kind="info">
      <Button kind="link" onClick={() => goTo('take-over')}>
        {say('takeOver.note')}
      </Button>
    </Message>
  )
}
