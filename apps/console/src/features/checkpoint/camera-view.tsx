import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CameraProblem, createReader, openCamera, type ReadCodes, switchTorch } from './camera.ts'

const LOOK_EVERY_MS = 160

/** The camera's picture; reads codes out of it until it is taken away. */
export const CameraView = ({
  onCode,
  withTubes = false,
}: {
  onCode: (text: string) => void
  /** Reads the printed codes of tubes too. */
  withTubes?: boolean
}) => {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<'starting' | 'running' | CameraProblem>('starting')
  const [stream, setStream] = useState<MediaStream>()
  const deliver = useRef(onCode)
  deliver.current = onCode

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt opens the camera again
  useEffect(() => {
    let stopped = false
    let opened: MediaStream | undefined
    const run = async (): Promise<void> => {
      setState('starting')
      opened = await openCamera()
      const element = video.current
      if (stopped || !element) return stopStream(opened)
      element.srcObject = opened
      await element.play().catch(() => undefined)
      setStream(opened)
      setState('running')
      const read = await createReader(withTubes).catch(() => Promise.reject('reader' satisfies CameraProblem))
      await readOn(
        element,
        read,
        () => stopped,
        (text) => deliver.current(text),
      )
    }
    run().catch((problem: CameraProblem) => {
      stopStream(opened)
      if (!stopped) setState(problem)
    })
    return () => {
      stopped = true
      stopStream(opened)
    }
  }, [attempt, withTubes])

  const failed = state !== 'starting' && state !== 'running'
  return (
    <div className="cp-camera" data-testid="camera" data-state={state}>
      <video ref={video} muted playsInline />
      {state === 'running' && <div className="cp-aim" aria-hidden="true" />}
      <p className="cp-camera-words" role="status">
        {state === 'starting' && t('checkpoint.cameraStarting')}
        {state === 'running' && t(withTubes ? 'sampling.aim' : 'checkpoint.aim')}
        {failed && t(`checkpoint.camera.${state}`)}
      </p>
      {failed && (
        <button type="button" className="cp-button" onClick={() => setAttempt(attempt + 1)}>
          {t('checkpoint.cameraRetry')}
        </button>
      )}
      {stream && state === 'running' && <Torch stream={stream} />}
    </div>
  )
}

const readOn = async (
  video: HTMLVideoElement,
  read: ReadCodes,
  isStopped: () => boolean,
  onCode: (text: string) => void,
): Promise<void> => {
  while (!isStopped()) {
    const isIdle = document.hidden || video.readyState < 2
    const texts = isIdle ? [] : await read(video).catch(() => [])
    if (!isStopped()) for (const text of texts) onCode(text)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

const stopStream = (stream: MediaStream | undefined): void => {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

const Torch = ({ stream }: { stream: MediaStream }) => {
  const { t } = useTranslation()
  const [on, setOn] = useState(false)
  const capabilities = stream.getVideoTracks()[0]?.getCapabilities?.() as { torch?: boolean } | undefined
  if (!capabilities?.torch) return null
  const toggle = async (): Promise<void> => {
    if (await switchTorch(stream, !on)) setOn(!on)
  }
  return (
    <button type="button" className="cp-torch" aria-pressed={on} onClick={() => void toggle()}>
      {t('checkpoint.torch')}
    </button>
  )
}
