import type { NamedIdentity } from '@jiankangbao/contracts/person/schemas'
import type { FaceVerdict } from '@jiankangbao/domain/vocabulary/people'
import { useState } from 'react'
import { api } from '../session/api.ts'

export interface FaceStepProps {
  /** Whose face it has to be. */
  identity: NamedIdentity
  onPass: (faceCheckId: string) => void
}

/** Sends a picture of the face of one named person; a verdict other than `pass` stays on the screen with what to do. */
export const useFaceUpload = (identity: NamedIdentity, onPass: FaceStepProps['onPass']) => {
  const [verdict, setVerdict] = useState<Exclude<FaceVerdict, 'pass'>>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const upload = async (picture: unknown) => {
    setBusy(true)
    setVerdict(undefined)
    setError(undefined)
    try {
      const answer = await api.uploadFace(picture, identity)
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
