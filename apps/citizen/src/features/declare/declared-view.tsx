import type { Declared } from '@jiankangbao/contracts/declaration/schemas'
import { goTo } from '../../platform/navigate.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { say } from '../../words/words.ts'

interface DeclaredViewProps {
  declared: Declared
  unwell: boolean
  onAgain: () => void
}

/** What followed from a declaration, and its proof. */
export const DeclaredView = ({ declared, unwell, onAgain }: DeclaredViewProps) => (
  <div className="card stack" data-testid="declared" data-effect={declared.effect}>
    <Message kind="good">{say('declare.done')}</Message>
    <p>{say(`declare.effect.${declared.effect}`)}</p>
    {unwell && <Message kind="wrong">{say('declare.feverAdvice')}</Message>}
    <p className="small">{say('declare.proof', { hash: declared.declaration.contentHash.slice(0, 16) })}</p>
    <Button onClick={() => goTo('declarations')}>{say('declare.history')}</Button>
    <Button kind="link" onClick={onAgain}>
      {say('declare.again')}
    </Button>
  </div>
)
