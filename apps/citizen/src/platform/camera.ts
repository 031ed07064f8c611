import type { Outcome } from './outcome.ts'

const reasonOf = (error: unknown): 'denied' | 'unsupported' | 'failed' => {
  const name = (error as { name?: string }).name
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'unsupported' : 'failed'
}

/** Shows the camera in a video element; `stop` turns it off. Browsers give a camera to secure origins only. */
export const openCamera = async (
  video: HTMLVideoElement,
  facing: 'user' | 'environment',
): Promise<Outcome<{ stop: () => void }>> => {
  if (!navigator.mediaDevices?.getUserMedia) return { ok: false, reason: 'unsupported' }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 720 } },
    })
    const stop = () => {
      for (const track of stream.getTracks()) track.stop()
      video.srcObject = null
    }
    video.srcObject = stream
    await video.play().catch(() => undefined)
    return { ok: true, stop }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
}

const fit = (width: number, height: number, longest: number): [number, number] => {
  const scale = Math.min(1, longest / Math.max(width, height, 1))
  return [Math.round(width * scale), Math.round(height * scale)]
}

/** Draws what the video shows, no side longer than `longest` pixels; undefined before the first picture. */
export const grabFrame = (video: HTMLVideoElement, longest: number): HTMLCanvasElement | undefined => {
  if (video.videoWidth === 0) return undefined
  return drawn(video, video.videoWidth, video.videoHeight, longest)
}

const drawn = (source: CanvasImageSource, width: number, height: number, longest: number) => {
  const canvas = document.createElement('canvas')
  const [toWidth, toHeight] = fit(width, height, longest)
  canvas.width = toWidth
  canvas.height = toHeight
  canvas.getContext('2d', { willReadFrequently: true })?.drawImage(source, 0, 0, toWidth, toHeight)
  return canvas
}

/** A picture file drawn on a canvas; undefined when it is no picture. */
export const drawPicture = (file: Blob, longest: number): Promise<HTMLCanvasElement | undefined> =>
  new Promise((resolve) => {
    const address = URL.createObjectURL(file)
    const image = new Image()
    image.onload = () => {
      resolve(drawn(image, image.naturalWidth, image.naturalHeight, longest))
      URL.revokeObjectURL(address)
    }
    image.onerror = () => {
      resolve(undefined)
      URL.revokeObjectURL(address)
    }
    image.src = address
  })

/** JPEG of a canvas: a few hundred kilobytes at most. */
export const toJpeg = (canvas: HTMLCanvasElement): Promise<Blob | undefined> =>
  new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', 0.88))
