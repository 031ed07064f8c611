import { ApiError } from '@jiankangbao/api-client/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { describeError, wordReason } from '../../api/error-words.ts'
import { switchLanguage } from '../../locales/i18n.ts'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { toTotp } from './totp-text.ts'

const MIN_LENGTH = 12

const Told = ({ error }: { error: unknown }) => {
  const { t } = useTranslation()
  if (!error) return null
  return (
    <div className="plain-problem" role="alert">
      {typeof error === 'string' ? error : linesOf(t, error).join('。')}
    </div>
  )
}

// What is wrong with code or password says all; the name of the field would only repeat it.
const linesOf = (t: TFunction, error: unknown): string[] => {
  if (error instanceof ApiError && error.fields.length > 0)
    return error.fields.map(({ reason }) => wordReason(t, reason))
  const { title, lines } = describeError(t, error)
  return [title, ...lines]
}

interface FieldProps {
  id: string
  label: string
  value: string
  onChange: (text: string) => void
  type?: string
  autoComplete: string
  inputMode?: 'numeric'
}

const Field = ({ id, label, onChange, type = 'text', ...rest }: FieldProps) => (
  <div className="plain-field">
    <label htmlFor={id}>{label}</label>
    <input
      id={id}
      type={type}
      autoCapitalize="none"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    />
  </div>
)

/** Asks for the code where the link did not bring it. */
const CodeForm = ({ onCode }: { onCode: (code: string) => void }) => {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (code.trim() !== '') onCode(code.trim())
  }
  return (
    <form onSubmit={submit} noValidate>
      <p>{t('app.activation.enter')}</p>
      <Field
        id="activation-code"
        label={t('app.activation.code')}
        value={code}
        onChange={setCode}
        autoComplete="off"
      />
      <button type="submit" className="plain-button">
        {t('app.activation.next')}
      </button>
    </form>
  )
}

const SecretsForm = ({
  code,
  onCode,
  onDone,
}: {
  code: string
  onCode: (code: string) => void
  onDone: () => void
}) => {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const [repeat, setRepeat] = useState('')
  const [totp, setTotp] = useState('')
  const [problem, setProblem] = useState<string>()
  const opened = useQuery({
    queryKey: ['activation', code],
    queryFn: () => call('openActivation', { body: { activationCode: code } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const complete = useMutation({
    mutationFn: () =>
      call('completeActivation', { body: { activationCode: code, newPassword: password, totp } }),
    onSuccess: onDone,
    onError: () => setTotp(''),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const found = findProblem(password, repeat, totp)
    setProblem(found)
    if (!found && !complete.isPending) complete.mutate()
  }
  if (opened.isPending) return <p role="status">{t('app.state.loading')}</p>
  if (opened.error)
    return (
      <>
        <Told error={opened.error} />
        <CodeForm onCode={onCode} />
      </>
    )
  const { username, displayName, organisation, totpSecret, totpUri } = opened.data
  return (
    <form onSubmit={submit} noValidate>
      <p>
        <b>{displayName}</b> · {organisation}
        <br />
        {t('app.signIn.username')}
        {t('app.colon')}
        <b>{username}</b>
      </p>
      {/* For password managers: the name that the password belongs to. */}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field
        id="activation-password"
        label={t('app.password.next')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
      />
      <Field
        id="activation-repeat"
        label={t('app.password.repeat')}
        type="password"
        value={repeat}
        onChange={setRepeat}
        autoComplete="new-password"
      />
      <p>{t('app.activation.scan')}</p>
      <QrPicture text={totpUri} label={t('app.activation.scan')} width={200} />
      <p>
        {t('app.activation.secret')} <code data-testid="totp-secret">{totpSecret}</code>
      </p>
      <Field
        id="activation-totp"
        label={t('app.signIn.totp')}
        value={totp}
        onChange={(text) => setTotp(toTotp(text))}
        autoComplete="one-time-code"
        inputMode="numeric"
      />
      <Told error={problem ? t(`app.${problem}`) : complete.error} />
      <button type="submit" className="plain-button" disabled={complete.isPending}>
        {t('app.activation.submit')}
      </button>
    </form>
  )
}

const findProblem = (password: string, repeat: string, totp: string): string | undefined => {
  if (password.length < MIN_LENGTH) return 'password.short'
  if (password !== repeat) return 'password.differ'
  return totp.length === 6 ? undefined : 'activation.totpMissing'
}

/** The code is behind `#`, which never reaches a server, and leaves the address bar and the history at once. */
const takeCode = (): string | undefined => {
  const code = decodeURIComponent(location.hash.slice(1))
  if (code !== '') history.replaceState(history.state, '', location.pathname)
  return code === '' ? undefined : code
}

/** A new operator sets the own password and second factor with a code that is good once. Nobody is signed in here. */
export default function ActivationPage() {
  const { t } = useTranslation()
  const [code, setCode] = useState(takeCode)
  const [done, setDone] = useState(false)
  return (
    <main className="sign-in activation">
      <section>
        <header>
          <img src="/console/icon.svg" width="44" height="44" alt="" />
          <h1>{t('app.activation.title')}</h1>
          <button type="button" className="plain-link" onClick={() => void switchLanguage()}>
            {t('app.language')}
          </button>
        </header>
        {done ? (
          <div role="status">
            <p>{t('app.activation.done')}</p>
            <a className="plain-button" href="/console/">
              {t('app.signIn.title')}
            </a>
          </div>
        ) : code ? (
          <SecretsForm key={code} code={code} onCode={setCode} onDone={() => setDone(true)} />
        ) : (
          <CodeForm onCode={setCode} />
        )}
      </section>
    </main>
  )
}
