import { useEffect } from 'react'
import { replaceWith } from '../../platform/navigate.ts'
import { factsOf, type ScreenName } from '../../screens.ts'
import { useObservable } from '../../state/observable.ts'
import { session } from './session.ts'

/** Leads whoever may not see a screen (`who` in the list of screens) to sign-in or registration. True when it may show. */
export const useGate = (screen: ScreenName): boolean => {
  const { who } = factsOf(screen)
  const current = useObservable(session)
  const signedIn = current !== undefined
  const open = who === 'everyone' || (signedIn && (who === 'signed-in' || current.registered))
  useEffect(() => {
    if (!open) replaceWith(signedIn ? 'register' : 'sign-in')
  }, [signedIn, open])
  return open
}
