import type { SignInProof } from '@jiankangbao/contracts/sign-in-proof/schemas'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api, renewSessionNow } from '../session/api.ts'

/** An old phone, an office or the hotline answers meanwhile: so often it is looked after. */
const LOOK_EVERY_MS = 4000

export interface ProofWait {
  proof: SignInProof | undefined
  error: unknown
  /** Takes an answer of the server, and goes on where it says so. */
  follow: (proof: SignInProof) => Promise<void>
  look: () => Promise<void>
}

/** Waits for the second proof; with it, the session gets a token that says so, and `onProved` is called. A refusal ends the session. */
export const useProofWait = (onProved: () => void): ProofWait => {
  const [proof, setProof] = useState<SignInProof>()
  const [error, setError] = useState<unknown>()
  const done = useRef(false)
  const latest = useRef(onProved)
  latest.current = onProved

  const follow = useCallback(async (next: SignInProof) => {
    setProof(next)
    if (next.state !== 'proved' || done.current) return
    await renewSessionNow()
    done.current = true
    latest.current()
  }, [])
  const look = useCallback(async () => {
    try {
      await follow(await api.call('getSignInProof', {}))
      setError(undefined)
    } catch (refusal) {
      setError(refusal)
    }
  }, [follow])
  useEffect(() => {
    void look()
    const timer = setInterval(() => void look(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [look])
  return { proof, error, follow, look }
}
