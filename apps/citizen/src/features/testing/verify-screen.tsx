import type { SheetVerification } from '@jiankangbao/contracts/result-sheet/schemas'
import { useEffect, useRef, useState } from 'react'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useDeed } from '../../state/use-deed.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { ResultFacts } from './result-facts.tsx'
import './testing.css'

const Answer = ({ answer }: { answer: SheetVerification }) => (
  <section
    className={`card sheet verify-${answer.outcome}`}
    data-testid="verification"
    data-outcome={answer.outcome}
    role="status"
  >
    <h2 className="verify-word">
      <span aria-hidden="true">{answer.outcome === 'valid' ? '✓' : '✗'}</span>{' '}
      {say(`testing.verifyOutcome.${answer.outcome}`)}
    </h2>
    {answer.sheet && <ResultFacts facts={answer.sheet} serverTime={answer.serverTime} />}
    <p className="small">{say('testing.verifyAsOf', { at: momentText(answer.serverTime) })}</p>
  </section>
)

/** Anybody verifies a printed result, without signing in: by its code, or by its address pasted. */
export const VerifyScreen = () => {
  const { code } = useScreenParams('verify')
  const [text, setText] = useState('')
  const [answer, setAnswer] = useState<SheetVerification>()
  const deed = useDeed()
  const verify = (asked: string): Promise<void> =>
    deed.run(async () => setAnswer(await api.call('verifyResultSheet', { body: { qrText: asked } })))
  const first = useRef(verify)
  useEffect(() => {
    if (code !== undefined && code !== '') void first.current(code)
  }, [code])
  return (
    <Screen name="verify">
      <div className="stack">
        <p className="lead">{say('testing.verifyLead')}</p>
        <Failure
          error={deed.error}
          onRetry={() => void verify(text.trim() === '' ? (code ?? '') : text.trim())}
        />
        {deed.busy && <p role="status">{say('state.loading')}</p>}
        {answer && <Answer answer={answer} />}
        <Field id="sheet-code" label={say('testing.verifyText')} value={text} onChange={setText} />
        <Button
          disabled={text.trim() === ''}
          busy={deed.busy}
          onClick={() => {
            void verify(text.trim())
          }}
        >
          {say(answer ? 'testing.verifyAgain' : 'testing.verifyDo')}
        </Button>
      </div>
    </Screen>
  )
}
