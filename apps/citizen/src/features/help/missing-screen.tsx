import { replaceWith, startAt } from '../../platform/navigate.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { Button } from '../../ui/button.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'

/** An address that leads nowhere: what may have happened, and the way home. */
export const MissingScreen = () => {
  const { from } = useScreenParams('missing')
  const text = from === 'poster' ? 'missing.poster' : from === 'code' ? 'missing.code' : 'missing.text'
  return (
    <Screen name="missing">
      <section className="card" data-testid="missing">
        <p>{say(text)}</p>
      </section>
      {from === 'poster' && <Button onClick={() => replaceWith('scan')}>{say('home.scan')}</Button>}
      <Button {...(from === 'poster' ? { kind: 'quiet' as const } : {})} onClick={() => startAt('home')}>
        {say('action.home')}
      </Button>
    </Screen>
  )
}
