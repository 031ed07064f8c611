import { ApiError } from '@jiankangbao/api-client/client'
import type { OperatorMe } from '@jiankangbao/contracts/operator/schemas'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { clientConfigQuery } from '../../api/client-config.ts'
import { useTexts } from '../../locales/i18n.ts'
import { PlainField } from './plain-field.tsx'
import { PlainHead } from './plain-head.tsx'
import { Refusal } from './refusal.tsx'
import { toTotp } from './totp-text.ts'

interface Props {
  /** The session ended while a page was open. */
  again: boolean
  username?: string
  onSignedIn: (me: OperatorMe) => void
}

/** User name, password and one-time code in one form, without heavy parts: checkpoints open it too. */
export const SignInForm = ({ again, username: known, onSignedIn }: Props) => {
  const { t } = useTranslation()
  const [username, setUsername] = useState(known ?? '')
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const [missing, setMissing] = useState(false)
  const read = useTexts()
  const config = useQuery(clientConfigQuery).data
  const city = config && read(config.cityName)
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
        <PlainHead id="sign-in-title" title={t('app.signIn.title')}>
          <p>{city && t('app.city', { city })}</p>
        </PlainHead>
        {config?.demo && <p className="plain-note">{t('app.demo')}</p>}
        {again && <p className="plain-note">{t('app.signIn.again')}</p>}
        <Refusal error={missing ? t('app.signIn.missing') : signIn.error} />
        <PlainField
          id="username"
          label={t('app.signIn.username')}
          value={username}
          onChange={setUsername}
          autoComplete="username"
        />
        <PlainField
          id="password"
          label={t('app.signIn.password')}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        <PlainField
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
