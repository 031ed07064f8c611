import { formatNumericCode } from '@jiankangbao/domain/codes/numeric-code'
import { useEffect, useRef, useState } from 'react'
import { focusHeading } from '../../platform/page-look.ts'
import { Button } from '../../ui/button.tsx'
import { LiveText } from '../../ui/live-text.tsx'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { clockText, dayText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { BrightCode } from './bright-code.tsx'
import { type PassView, renewalOf } from './pass-freshness.ts'

interface PassCardProps {
  view: PassView
  retrySeconds: number
  loading: boolean
  onRefresh: () => void
}

const marks = { green: '✓', yellow: '!', red: '✕', none: '?' } as const
const ROTATION_SECONDS = 30

/** The live code. Shows a colour only while the code is fresh; otherwise a grey cover that says why. */
export const PassCard = ({ view, retrySeconds, loading, onRefresh }: PassCardProps) => {
  const [large, setLarge] = useState<'qr' | 'numeric'>()
  const announced = useColourChange(view.state === 'valid' ? view.pass.colour : undefined)
  if (view.state === 'covered')
    return (
      <section
        className="pass pass-covered"
        data-testid="pass"
        data-state={view.why}
        aria-label={say('pass.title')}
      >
        <div className="pass-cover" role="status">
          <span className={`pass-cover-mark pass-cover-${view.why}`} aria-hidden="true" />
          <h2 className="pass-cover-title" data-testid="pass-cover">
            {say(`pass.covered.${view.why}.title`)}
          </h2>
          <p>{say(`pass.covered.${view.why}.text`)}</p>
          {view.why !== 'loading' && retrySeconds > 0 && (
            <p className="small">
              <LiveText>{say('pass.retryIn', { seconds: retrySeconds })}</LiveText>
            </p>
          )}
          {view.why !== 'loading' && (
            <Button kind="quiet" onClick={onRefresh} busy={loading}>
              {say('action.retry')}
            </Button>
          )}
        </div>
      </section>
    )
  const { pass, secondsLeft, serverNow, failed } = view
  const { personalCode, colour } = pass
  const renewal = renewalOf({ secondsLeft, loading, retrySeconds })
  return (
    <section
      className={`pass pass-${colour}`}
      data-testid="pass"
      data-state="valid"
      data-colour={colour}
      aria-label={say('pass.title')}
    >
      <div className="pass-head">
        <span className="pass-mark" aria-hidden="true">
          {marks[colour]}
        </span>
        <div>
          <h2 className="pass-word" id="pass-word" data-testid="colour-word" tabIndex={-1}>
            <LiveText>{say(`colour.${colour}`)}</LiveText>
          </h2>
          <p className="pass-meaning">{say(`colourMeaning.${colour}`)}</p>
        </div>
        <p className="pass-name" data-testid="pass-name">
          <LiveText>{pass.nameMasked}</LiveText>
        </p>
      </div>
      <p className="pass-clock" data-testid="clock">
        <span className="out-of-sight">{say('pass.clock')} </span>
        <LiveText className="pass-day">{dayText(serverNow)}</LiveText>{' '}
        <LiveText>{clockText(serverNow)}</LiveText>
      </p>
      {failed && (
        <p className="pass-behind" role="status" data-testid="pass-behind">
          {say(`pass.behind.${failed}`, { at: clockText(Date.parse(personalCode.issuedAt)) })}
        </p>
      )}
      <div className="pass-sheet">
        <button type="button" className="pass-qr" aria-label={say('pass.qr')} onClick={() => setLarge('qr')}>
          <QrPicture text={personalCode.qrText} label="" className="pass-qr-picture" />
          <span className="pass-sweep" aria-hidden="true" />
        </button>
        <button
          type="button"
          className="pass-numeric"
          data-testid="numeric-code"
          data-code={personalCode.numericCode}
          aria-label={`${say('pass.numeric')} ${formatNumericCode(personalCode.numericCode)} ${say('pass.numericSay')}`}
          onClick={() => setLarge('numeric')}
        >
          <span className="pass-numeric-label">{say('pass.numeric')}</span>
          <LiveText className="pass-numeric-digits">{formatNumericCode(personalCode.numericCode)}</LiveText>
        </button>
        <div className="pass-foot">
          <span
            className={`ring ring-${Math.min(8, Math.ceil((secondsLeft / ROTATION_SECONDS) * 8))}`}
            aria-hidden="true"
          >
            <LiveText className="ring-seconds">{secondsLeft > 0 ? secondsLeft : '…'}</LiveText>
          </span>
          <span className="small" data-testid="refresh-in">
            <LiveText>{say(renewal.key, { seconds: renewal.seconds })}</LiveText>
          </span>
          <button type="button" className="pass-refresh" aria-label={say('pass.refresh')} onClick={onRefresh}>
            ⟳ {say('action.refresh')}
          </button>
        </div>
      </div>
      <p className="out-of-sight" role="status" aria-live="assertive" data-testid="colour-changed">
        {announced && say('pass.changed', { word: say(`colour.${announced}`) })}
      </p>
      {large && (
        <BrightCode
          kind={large}
          qrText={personalCode.qrText}
          numericCode={personalCode.numericCode}
          onClose={() => {
            setLarge(undefined)
            focusHeading('pass-word')
          }}
        />
      )}
    </section>
  )
}

/** The colour, when it is another one than before. */
const useColourChange = <T extends string>(colour: T | undefined): T | undefined => {
  const before = useRef<T>(undefined)
  const [changed, setChanged] = useState<T>()
  useEffect(() => {
    if (colour === undefined) return
    if (before.current !== undefined && before.current !== colour) setChanged(colour)
    before.current = colour
  }, [colour])
  return changed
}
