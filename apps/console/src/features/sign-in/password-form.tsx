import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, queryClient } from '../../api/client.ts'
import { describeError } from '../../api/error-words.ts'

const MIN_LENGTH = 12

/** Own password: forced at the first sign-in, later from the account menu. */
export const PasswordForm = ({ forced, onChanged }: { forced: boolean; onChanged: () => void }) => {
  const { t } = useTranslation()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [repeat, setRepeat] = useState('')
  const [problem, setProblem] = useState<string>()
  const change = useMutation({
    mutationFn: () => call('changeOwnPassword', { body: { currentPassword: current, newPassword: next } }),
    onSuccess: onChanged,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const found = findProblem(current, next, repeat)
    setProblem(found)
    if (!found && !change.isPending) change.mutate()
  }
  const shown = problem
    ? t(`app.password.${problem}`)
    : change.error
      ? describeError(t, change.error)
      : undefined
  const fields = [
    {
      id: 'current-password',
      label: t('app.password.current'),
      value: current,
      set: setCurrent,
      auto: 'current-password',
    },
    { id: 'next-password', label: t('app.password.next'), value: next, set: setNext, auto: 'new-password' },
    {
      id: 'repeat-password',
      label: t('app.password.repeat'),
      value: repeat,
      set: setRepeat,
      auto: 'new-password',
    },
  ]
  return (
    <main className={forced ? 'sign-in' : 'password-page'}>
      <form onSubmit={submit} noValidate>
        <h1>{t('app.password.title')}</h1>
        {forced && <p className="plain-note">{t('app.password.must')}</p>}
        {shown && (
          <div className="plain-problem" role="alert">
            {typeof shown === 'string' ? shown : [shown.title, ...shown.lines].join('。')}
          </div>
        )}
        {fields.map(({ id, label, value, set, auto }) => (
          <div className="plain-field" key={id}>
            <label htmlFor={id}>{label}</label>
            <input
              id={id}
              type="password"
              autoComplete={auto}
              value={value}
              onChange={(event) => set(event.target.value)}
            />
          </div>
        ))}
        <button type="submit" className="plain-button" disabled={change.isPending}>
          {t('app.password.submit')}
        </button>
        {forced && (
          <button type="button" className="plain-link" onClick={() => void leave()}>
            {t('app.menu.signOut')}
          </button>
        )}
      </form>
    </main>
  )
}

const leave = async (): Promise<void> => {
  await call('operatorSignOut', {}).catch(() => undefined)
  await queryClient.resetQueries({ queryKey: ['me'] })
}

const findProblem = (current: string, next: string, repeat: string): string | undefined => {
  if (next.length < MIN_LENGTH) return 'short'
  if (next === current) return 'same'
  return next === repeat ? undefined : 'differ'
}
