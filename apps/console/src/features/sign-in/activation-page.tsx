import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { findPasswordProblem } from './password-problem.ts'
import { PlainField } from './plain-field.tsx'
import { PlainHead } from './plain-head.tsx'
import { Refusal } from './refusal.tsx'
import { toTotp } from './totp-text.ts'

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
      <PlainField
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
        <Refusal error={opened.error} />
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
      <PlainField
        id="activation-password"
        label={t('app.password.next')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
      />
      <PlainField
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
      <PlainField
        id="activation-totp"
        label={t('app.signIn.totp')}
        value={totp}
        onChange={(text) => setTotp(toTotp(text))}
        autoComplete="one-time-code"
        inputMode="numeric"
      />
      <Refusal error={problem ? t(`app.${problem}`) : complete.error} />
      <button type="submit" className="plain-button" disabled={complete.isPending}>
        {t('app.activation.submit')}
      </button>
    </form>
  )
}

const findProblem = (password: string, repeat: string, totp: string): string | undefined => {
  const found = findPasswordProblem({ next: password, repeat })
  if (found) return `password.${found}`
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
        <PlainHead title={t('app.activation.title')} />
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
