import { replaceWith } from '../../platform/navigate.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { Button } from '../../ui/button.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { useHotline } from '../session/client-config.ts'

/** Somebody opened a personal or paper code with a camera: what it is, and that it tells them nothing. */
export const CodeInfoScreen = () => {
  const { kind } = useScreenParams('code-info')
  const hotline = useHotline()
  const isPaper = kind === 'paper'
  return (
    <Screen name="code-info">
      <section className="card stack" data-testid="code-info">
        <h2 className="card-title">{isPaper ? say('codeInfo.paper') : say('codeInfo.personal')}</h2>
        <p>{isPaper ? say('codeInfo.paperText', { hotline }) : say('codeInfo.personalText')}</p>
      </section>
      <Button onClick={() => replaceWith('scan')}>{say('codeInfo.toScan')}</Button>
    </Screen>
  )
}
