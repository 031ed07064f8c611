import { useState } from 'react'
import { api } from '../session/api.ts'

/** Sends a picture; a verdict other than `pass` stays on the screen with what to do. */
export const useFaceUpload = (onPass: (faceCheckId: string) => void) => {
  const [verdict, setVerdict] = useState<'fail' | 'no_face'>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const upload = async (picture: unknown) => {
    setBusy(true)
    setVerdict(undefined)
    setError(undefined)
    try {
      const answer = await api.uploadFace(picture)
      if (answer.verdict === 'pass') onPass(answer.faceCheckId)
      else setVerdict(answer.verdict)
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  return { upload, verdict, error, busy }
}
