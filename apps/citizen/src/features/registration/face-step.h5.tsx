import { useEffect, useRef, useState } from 'react'
import { drawPicture, grabFrame, openCamera, toJpeg } from '../../platform/camera.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { FilePick } from '../../ui/file-pick.tsx'
import { Message } from '../../ui/message.tsx'
import { say } from '../../words/words.ts'
import { type FaceStepProps, useFaceUpload } from './face-upload.ts'

// Enough for a face, small enough for a slow network.
const LONGEST_PIXELS = 960

/** Face check in a browser: camera with an oval to look into; where a page has none, the phone's camera takes it. */
export const FaceStep = ({ identity, onPass }: FaceStepProps) => {
  const { upload, verdict, error, busy } = useFaceUpload(identity, onPass)
  const video = useRef<HTMLVideoElement>(null)
  const stop = useRef<() => void>(undefined)
  const [camera, setCamera] = useState<'off' | 'starting' | 'on' | 'denied' | 'unsupported' | 'failed'>('off')
  const [unreadable, setUnreadable] = useState(false)
  useEffect(() => () => stop.current?.(), [])

  const start = async () => {
    if (!video.current) return
    setCamera('starting')
    const opened = await openCamera(video.current, 'user')
    if (opened.ok) stop.current = opened.stop
    setCamera(opened.ok ? 'on' : opened.reason === 'cancelled' ? 'failed' : opened.reason)
  }
  const send = async (canvas: HTMLCanvasElement | undefined) => {
    const picture = canvas && (await toJpeg(canvas))
    setUnreadable(picture === undefined)
    if (picture) await upload(picture)
  }
  const isOff = camera === 'denied' || camera === 'unsupported' || camera === 'failed'
  return (
    <div className="stack">
      <p className="lead">{say('face.lead')}</p>
      <div className={`face-frame ${camera === 'on' ? 'face-on' : ''}`}>
        <video ref={video} className="face-video" playsInline muted aria-label={say('face.preview')} />
        <span className="face-oval" aria-hidden="true" />
      </div>
      {isOff && <Message kind="wrong">{say(`face.${camera}`)}</Message>}
      {verdict && <Message kind="wrong">{say(`face.verdict.${verdict}`)}</Message>}
      {unreadable && <Message kind="wrong">{say('errors.IMAGE_UNREADABLE')}</Message>}
      <Failure error={error} />
      {camera === 'on' ? (
        <Button busy={busy} onClick={() => video.current && send(grabFrame(video.current, LONGEST_PIXELS))}>
          {busy ? say('face.checking') : say('face.capture')}
        </Button>
      ) : (
        <Button busy={camera === 'starting'} onClick={start}>
          {say('face.camera')}
        </Button>
      )}
      {camera === 'unsupported' && (
        <FilePick
          label={say('face.file')}
          capture="user"
          disabled={busy}
          onPick={async (file) => send(await drawPicture(file, LONGEST_PIXELS))}
        />
      )}
    </div>
  )
}
