import { useEffect } from 'react'
import { replaceWith } from '../../platform/navigate.ts'
import { useObservable } from '../../state/observable.ts'
import { session } from './session.ts'

/** Sends people who are not signed in (or not registered) to where they can be. True when the screen may show. */
export const useGate = (need: 'signed-in' | 'registered' = 'registered'): boolean => {
  const current = useObservable(session)
  const signedIn = current !== undefined
  const open = signedIn && (need === 'signed-in' || current.registered)
  useEffect(() => {
    if (!signedIn) replaceWith('sign-in')
    else if (!open) replaceWith('register')
  }, [signedIn, open])
  return open
}
