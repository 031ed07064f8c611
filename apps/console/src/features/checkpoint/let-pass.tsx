import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError } from '../../api/error-words.ts'
import { letPass } from './check-client.ts'
import './let-pass.css'

type Step = { at: 'offered' | 'asked' | 'busy' } | { at: 'done'; passedAt: string }

/** Staff compared both documents of whom the check could not confirm: asked twice, written down, and said so. */
export const LetPass = ({ check }: { check: { requestId: string; pointId: string } }) => {
  const { t } = useTranslation()
  const [step, setStep] = useState<Step>({ at: 'offered' })
  const [error, setError] = useState<unknown>()
  const record = () => {
    setStep({ at: 'busy' })
    setError(undefined)
    letPass(check.requestId, check.pointId).then(
      ({ passedAt }) => setStep({ at: 'done', passedAt }),
      (refusal) => {
        setError(refusal)
        setStep({ at: 'asked' })
      },
    )
  }
  if (step.at === 'done')
    return (
      <p className="cp-let-pass cp-let-pass-done" role="status" data-testid="let-pass-done">
        {t('checkpoint.letPass.done', { at: new Date(step.passedAt).toLocaleTimeString('zh-CN') })}
      </p>
    )
  const words = error === undefined ? undefined : describeError(t, error)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: only keeps a tap beside the buttons from going on to the next person
    // biome-ignore lint/a11y/noStaticElementInteractions: the same
    <div className="cp-let-pass" data-testid="let-pass" onClick={(event) => event.stopPropagation()}>
      {step.at === 'offered' ? (
        <button type="button" onClick={() => setStep({ at: 'asked' })}>
          {t('checkpoint.letPass.offer')}
        </button>
      ) : (
        <>
          <p>{t('checkpoint.letPass.ask')}</p>
          {words && (
            <p role="alert" className="cp-let-pass-wrong">
              {[words.title, ...words.lines].join(' · ')}
            </p>
          )}
          <button type="button" disabled={step.at === 'busy'} onClick={record}>
            {t(step.at === 'busy' ? 'checkpoint.letPass.busy' : 'checkpoint.letPass.confirm')}
          </button>
        </>
      )}
    </div>
  )
}
