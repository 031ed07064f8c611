import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Tick } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { say } from '../../words/words.ts'
import { loadClientConfig, useClientConfig } from '../session/client-config.ts'

interface ConsentStepProps {
  /** Told the version that was on the screen when the person agreed. */
  onAgree: (version: string) => void
  onBack: () => void
}

export const ConsentStep = ({ onAgree, onBack }: ConsentStepProps) => {
  const config = useClientConfig()
  const [agreed, setAgreed] = useState(false)
  const [asked, setAsked] = useState(false)
  const [error, setError] = useState<unknown>()
  const load = () => {
    setError(undefined)
    loadClientConfig().catch(setError)
  }
  useEffect(load, [])
  if (!config) return <Failure error={error} onRetry={load} />
  const visits = config.retentionDays.visits ?? 28
  const { hotline } = config
  const paragraphs = [
    say('consent.purpose'),
    say('consent.data'),
    say('consent.storage', { visits }),
    say('consent.access'),
    say('consent.rights', { hotline }),
  ]
  return (
    <div className="card stack">
      <h3 className="card-title">{say('consent.title')}</h3>
      <div className="consent">
        {paragraphs.map((text) => (
          <p key={text}>{text}</p>
        ))}
        <p className="small">{say('consent.version', { version: config.consentVersion })}</p>
      </div>
      <Tick text={say('consent.agree')} ticked={agreed} onChange={setAgreed} />
      {asked && !agreed && (
        <p className="field-error" role="alert">
          ⚠ {say('consent.needed')}
        </p>
      )}
      <Button
        onClick={() => {
          setAsked(true)
          if (agreed) onAgree(config.consentVersion)
        }}
      >
        {say('action.next')}
      </Button>
      <Button kind="link" onClick={onBack}>
        {say('register.fix')}
      </Button>
    </div>
  )
}
