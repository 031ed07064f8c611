import { ApiError } from '@jiankangbao/api-client/client'
import type { OperatorMe } from '@jiankangbao/contracts/schemas/operator'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { clientConfigQuery } from '../../api/client-config.ts'
import { describeError } from '../../api/error-words.ts'
import { currentLanguage, switchLanguage } from '../../locales/i18n.ts'
import { toTotp } from './totp-text.ts'

interface Props {
  /** The session ended while a page was open. */
  again: boolean
  username?: string
  onSignedIn: (me: OperatorMe) => void
}

const Field = (props: {
  id: string
  label: string
  hint?: string
  value: string
  onChange: (value: string) => void
  type?: string
  autoComplete: string
  inputMode?: 'numeric'
  inputRef?: React.Ref<HTMLInputElement>
}) => (
  <div className="plain-field">
    <label htmlFor={props.id}>{props.label}</label>
    <input
      id={props.id}
      name={props.id}
      ref={props.inputRef}
      value={props.value}
      type={props.type ?? 'text'}
      autoComplete={props.autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      {...(props.inputMode ? { inputMode: props.inputMode } : {})}
      {...(props.hint ? { 'aria-describedby': `${props.id}-hint` } : {})}
      onChange={(event) => props.onChange(event.target.value)}
    />
    {props.hint && <small id={`${props.id}-hint`}>{props.hint}</small>}
  </div>
)

/** User name, password and one-time code in one form, without heavy parts: checkpoints open it too. */
export const SignInForm = ({ again, username: known, onSignedIn }: Props) => {
  const { t } = useTranslation()
  const [username, setUsername] = useState(known ?? '')
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const [missing, setMissing] = useState(false)
  const config = useQuery(clientConfigQuery).data
  const city = config?.cityName[currentLanguage()]
  const totpField = useRef<HTMLInputElement>(null)
  const signIn = useMutation({
    mutationKey: ['me', 'sign-in'],
    mutationFn: () => call('operatorSignIn', { body: { username: username.trim(), password, totp } }),
    onSuccess: onSignedIn,
    onError: (error) => {
      if (!(error instanceof ApiError) || (error.code !== 'TOTP_WRONG' && error.code !== 'CREDENTIALS_WRONG'))
        return
      setTotp('')
      if (error.code === 'TOTP_WRONG') totpField.current?.focus()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const incomplete = username.trim().length < 2 || password === '' || totp.length !== 6
    setMissing(incomplete)
    if (!incomplete && !signIn.isPending) signIn.mutate()
  }
  return (
    <main className="sign-in">
      <form onSubmit={submit} aria-labelledby="sign-in-title" noValidate>
        <header>
          <img src="/console/icon.svg" width="44" height="44" alt="" />
          <div>
            <h1 id="sign-in-title">{t('app.signIn.title')}</h1>
            <p>{city && t('app.city', { city })}</p>
          </div>
          <button type="button" className="plain-link" onClick={() => void switchLanguage()}>
            {t('app.language')}
          </button>
        </header>
        {config?.demo && <p className="plain-note">{t('app.demo')}</p>}
        {again && <p className="plain-note">{t('app.signIn.again')}</p>}
        <Problem error={signIn.error} missing={missing} />
        <Field
          id="username"
          label={t('app.signIn.username')}
          value={username}
          onChange={setUsername}
          autoComplete="username"
        />
        <Field
          id="password"
          label={t('app.signIn.password')}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        <Field
          id="totp"
          label={t('app.signIn.totp')}
          hint={t('app.signIn.totpHint')}
          value={totp}
          onChange={(text) => setTotp(toTotp(text))}
          autoComplete="one-time-code"
          inputMode="numeric"
          inputRef={totpField}
        />
        <button type="submit" className="plain-button" disabled={signIn.isPending}>
          {t(signIn.isPending ? 'app.signIn.busy' : 'app.signIn.submit')}
        </button>
      </form>
    </main>
  )
}

const Problem = ({ error, missing }: { error: unknown; missing: boolean }) => {
  const { t } = useTranslation()
  const [waitSeconds, setWaitSeconds] = useState(0)
  useEffect(() => {
    if (error instanceof ApiError && error.status === 429) setWaitSeconds(error.retryAfterSeconds ?? 0)
    else setWaitSeconds(0)
  }, [error])
  useEffect(() => {
    if (waitSeconds <= 0) return
    const timer = setTimeout(() => setWaitSeconds(waitSeconds - 1), 1000)
    return () => clearTimeout(timer)
  }, [waitSeconds])
  if (missing)
    return (
      <p className="plain-problem" role="alert">
        {t('app.signIn.missing')}
      </p>
    )
  if (!error) return null
  const words = describeError(t, error)
  return (
    <div className="plain-problem" role="alert">
      {words.title}
      {waitSeconds > 0 && <div>{t('app.signIn.waitSeconds', { seconds: waitSeconds })}</div>}
      {words.requestId && <small>{t('app.state.requestId', { id: words.requestId })}</small>}
    </div>
  )
}
