import { isBusy, isOffline } from '@jiankangbao/api-client/retry-timing'
import type { CheckPoint } from '@jiankangbao/contracts/check/schemas'
import type { OperationName } from '@jiankangbao/contracts/operations'
import type { OperatorMe } from '@jiankangbao/contracts/operator/schemas'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { isSessionLoss, queryClient } from '../api/client.ts'
import { describeError } from '../api/error-words.ts'
import { meQuery, SessionContext, settleKeeping, useMay } from '../api/session.ts'
import { reportSessionBack, useSessionLost } from '../api/session-loss.ts'
import { readStored, writeStored } from '../api/stored.ts'
import { PasswordForm } from '../features/sign-in/password-form.tsx'
import { SignInForm } from '../features/sign-in/sign-in-form.tsx'
import { LoadingPage, NoAccessPage } from './plain-pages.tsx'

const LAST = 'lastOperator'

/** Keeps who is signed in for an offline start of the checkpoint: roles and names, no token that still works. */
const rememberOperator = (me: OperatorMe): void => void writeStored(LAST, { ...me, csrfToken: '' })

/** Whoever holds an enrolled phone on which nobody has ever signed in: they check, and nothing else. */
const asPhone = ({ pointName, venueName }: CheckPoint): OperatorMe => ({
  ...{ operatorId: '0', username: '', displayName: pointName, organisation: venueName, roles: ['checker'] },
  ...{ divisionCode: '', divisionName: '', csrfToken: '', sessionExpiresAt: '', mustChangePassword: false },
})

/** A changed operator must not see what the one before had open. */
const enter = (me: OperatorMe, before: OperatorMe | undefined): void => {
  if (before && before.operatorId !== me.operatorId) {
    queryClient.clear()
    location.assign('/console/')
    return
  }
  queryClient.setQueryData(['me'], settleKeeping(me))
  rememberOperator(me)
  reportSessionBack()
  void queryClient.invalidateQueries({
    predicate: ({ queryKey, state }) => queryKey[0] !== 'me' && state.status === 'error',
  })
}

const Failed = ({ error, retry }: { error: unknown; retry: () => void }) => {
  const { t } = useTranslation()
  const words = describeError(t, error)
  return (
    <main className="plain">
      <h1>{words.title}</h1>
      {words.requestId && <small>{t('app.state.requestId', { id: words.requestId })}</small>}
      <button type="button" className="plain-button" onClick={retry}>
        {t('app.state.retry')}
      </button>
    </main>
  )
}

const Waiting = ({ failures }: { failures: number }) => {
  const { t } = useTranslation()
  if (failures === 0) return <LoadingPage />
  return (
    <main className="plain">
      <h1>{t('app.state.busyTitle')}</h1>
      <p role="status">{t('app.state.busyText', { count: failures })}</p>
    </main>
  )
}

/** Lets nobody in who is not signed in; shows the sign-in over an open page where the session ended meanwhile. */
export const SessionGate = ({ children }: { children: ReactNode }) => {
  const me = useQuery(meQuery)
  const lost = useSessionLost()
  const { pathname } = useLocation()
  const isCheckpoint = pathname === '/checkpoint'
  const phone = isCheckpoint ? readStored<{ point: CheckPoint }>('device') : undefined
  const operator =
    me.data ??
    (isCheckpoint && (phone || isOffline(me.error)) ? readStored<OperatorMe>(LAST) : undefined) ??
    (phone && asPhone(phone.point))
  if (!operator) {
    if (me.isPending) return <Waiting failures={isBusy(me.failureReason) ? me.failureCount : 0} />
    if (!isSessionLoss(me.error)) return <Failed error={me.error} retry={() => void me.refetch()} />
    return <SignInForm again={false} onSignedIn={(next) => enter(next, undefined)} />
  }
  if (operator.mustChangePassword)
    return <PasswordForm forced onChanged={() => void queryClient.invalidateQueries({ queryKey: ['me'] })} />
  return (
    <SessionContext.Provider value={operator}>
      {children}
      {/* The board on a wall keeps showing what it has, and says how old that is. */}
      {lost && !isCheckpoint && pathname !== '/board' && (
        <div className="sign-in-over" role="dialog" aria-modal="true">
          <SignInForm again username={operator.username} onSignedIn={(next) => enter(next, operator)} />
        </div>
      )}
    </SessionContext.Provider>
  )
}

/** Deny by default: a page opens only for those who may call the operation that it needs. */
export const PageGate = ({ needs, children }: { needs: OperationName; children: ReactNode }) => {
  const may = useMay()
  return may(needs) ? children : <NoAccessPage />
}
