import { useEffect, useRef, useState } from 'react'
import { drawPicture, grabFrame, openCamera } from '../../platform/camera.ts'
import { readQr } from '../../platform/qr-reader.ts'
import { Button } from '../../ui/button.tsx'
import { FilePick } from '../../ui/file-pick.tsx'
import { Message } from '../../ui/message.tsx'
import { say } from '../../words/words.ts'

const LONGEST_FRAME = 900
const LONGEST_PICTURE = 1600
// Five looks a second: quick for the eye, bearable for an old phone.
const LOOK_EVERY_MS = 200

/** Scanner of the web app: camera frames or a photo, read on this phone. `onText` answers whether it was a door. */
export const ScanSources = ({ onText }: { onText: (text: string) => boolean }) => {
  const video = useRef<HTMLVideoElement>(null)
  const stop = useRef<() => void>(undefined)
  const [camera, setCamera] = useState<'off' | 'starting' | 'on' | 'denied' | 'unsupported' | 'failed'>('off')
  const [note, setNote] = useState<'none' | 'reading'>()
  useEffect(() => () => stop.current?.(), [])

  const look = async (last: string) => {
    const element = video.current
    if (!element || !stop.current) return
    const frame = grabFrame(element, LONGEST_FRAME)
    const text = frame && (await readQr(frame).catch(() => undefined))
    if (!stop.current) return
    // The same wrong code stays in view for a while: it is judged once.
    if (text !== undefined && text !== last && onText(text)) return stop.current()
    setTimeout(() => look(text ?? last), LOOK_EVERY_MS)
  }
  const start = async () => {
    if (!video.current) return
    setCamera('starting')
    const opened = await openCamera(video.current, 'environment')
    setCamera(opened.ok ? 'on' : opened.reason === 'cancelled' ? 'failed' : opened.reason)
    if (!opened.ok) return
    stop.current = () => {
      opened.stop()
      stop.current = undefined
    }
    void look('')
  }
  const readPicture = async (file: File) => {
    setNote('reading')
    const canvas = await drawPicture(file, LONGEST_PICTURE)
    const text = canvas && (await readQr(canvas).catch(() => undefined))
    setNote(text === undefined ? 'none' : undefined)
    if (text !== undefined) onText(text)
  }
  const isOff = camera === 'denied' || camera === 'unsupported' || camera === 'failed'
  return (
    <div className="card stack">
      <p className="lead">{say('scan.lead')}</p>
      <div className={`scan-frame ${camera === 'on' ? 'scan-on' : ''}`}>
        <video ref={video} className="scan-video" playsInline muted aria-label={say('scan.preview')} />
        <span className="scan-corners" aria-hidden="true" />
      </div>
      {isOff && <Message kind="wrong">{say(`scan.${camera}`)}</Message>}
      {camera !== 'on' && (
        <Button onClick={start} busy={camera === 'starting'}>
          {say('scan.start')}
        </Button>
      )}
      <FilePick label={say('scan.picture')} onPick={readPicture} />
      {note === 'reading' && <Message kind="info">{say('scan.reading')}</Message>}
      {note === 'none' && <Message kind="wrong">{say('scan.none')}</Message>}
    </div>
  )
}
