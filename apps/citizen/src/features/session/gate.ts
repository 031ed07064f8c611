import { useEffect } from 'react'
import { replaceWith } from '../../platform/navigate.ts'
import { factsOf, type ScreenName } from '../../screens.ts'
import { useObservable } from '../../state/observable.ts'
import { session, standingOf, stepFrom } from './session.ts'

/** Leads whoever may not see a screen (`who` in the list of screens) to sign-in, proof or registration. True when it may show. */
export const useGate = (screen: ScreenName): boolean => {
  const { who } = factsOf(screen)
  const standing = standingOf(useObservable(session))
  const open =
    who === 'everyone' || standing === 'registered' || (who === 'signed-in' && standing === 'unregistered')
  useEffect(() => {
    if (!open) replaceWith(stepFrom[standing])
  }, [standing, open])
  return open
}
