import { useState } from 'react'
import { takePhoto } from '../../platform/take-photo.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { say } from '../../words/words.ts'
import { type FaceStepProps, useFaceUpload } from './face-upload.ts'

/** Face check in a mini program: the phone's own camera takes the picture, never its album. */
export const FaceStep = ({ identity, onPass }: FaceStepProps) => {
  const { upload, verdict, error, busy } = useFaceUpload(identity, onPass)
  const [refused, setRefused] = useState<'denied' | 'failed'>()
  const take = async () => {
    const photo = await takePhoto('camera')
    setRefused(
      photo.ok || photo.reason === 'cancelled' ? undefined : photo.reason === 'denied' ? 'denied' : 'failed',
    )
    if (photo.ok) await upload(photo.path)
  }
  return (
    <div className="stack">
      <p className="lead">{say('face.lead')}</p>
      {verdict && <Message kind="wrong">{say(`face.verdict.${verdict}`)}</Message>}
      {refused && <Message kind="wrong">{say(`face.${refused}`)}</Message>}
      <Failure error={error} />
      <Button busy={busy} onClick={take}>
        {busy ? say('face.checking') : say('face.capture')}
      </Button>
    </div>
  )
}
