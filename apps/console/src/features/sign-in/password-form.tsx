import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, queryClient } from '../../api/client.ts'
import { findPasswordProblem } from './password-problem.ts'
import { PlainField } from './plain-field.tsx'
import { Refusal } from './refusal.tsx'

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
    const found = findPasswordProblem({ current, next, repeat })
    setProblem(found)
    if (!found && !change.isPending) change.mutate()
  }
  // By choice it stands on a page that has its main part already.
  const Frame = forced ? 'main' : 'div'
  return (
    <Frame className={forced ? 'sign-in' : 'password-page'}>
      <form onSubmit={submit} noValidate>
        <h1>{t('app.password.title')}</h1>
        {forced && <p className="plain-note">{t('app.password.must')}</p>}
        <Refusal error={problem ? t(`app.password.${problem}`) : change.error} />
        <PlainField
          id="current-password"
          label={t('app.password.current')}
          type="password"
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
        />
        <PlainField
          id="next-password"
          label={t('app.password.next')}
          type="password"
          value={next}
          onChange={setNext}
          autoComplete="new-password"
        />
        <PlainField
          id="repeat-password"
          label={t('app.password.repeat')}
          type="password"
          value={repeat}
          onChange={setRepeat}
          autoComplete="new-password"
        />
        <button type="submit" className="plain-button" disabled={change.isPending}>
          {t('app.password.submit')}
        </button>
        {forced && (
          <button type="button" className="plain-link" onClick={() => void leave()}>
            {t('app.menu.signOut')}
          </button>
        )}
      </form>
    </Frame>
  )
}

const leave = async (): Promise<void> => {
  await call('operatorSignOut', {}).catch(() => undefined)
  await queryClient.resetQueries({ queryKey: ['me'] })
}
