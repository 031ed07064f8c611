export type CameraProblem = 'denied' | 'missing' | 'insecure' | 'failed' | 'reader'

/** Reads QR codes out of one picture; the texts found. */
export type ReadCodes = (video: HTMLVideoElement) => Promise<string[]>

interface NativeDetector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>
}
interface NativeDetectorClass {
  new (options: { formats: string[] }): NativeDetector
  getSupportedFormats: () => Promise<readonly string[]>
}

/**
 * The browser's own reader where it has one (quick on old Android phones), else ZXing as WebAssembly from this server.
 */
export const createReader = async (): Promise<ReadCodes> => {
  const detector = (await findNative()) ?? (await loadZxing())
  return async (video) => (await detector.detect(video)).map(({ rawValue }) => rawValue)
}

const findNative = async (): Promise<NativeDetector | undefined> => {
  const Native = (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector
  if (!Native) return undefined
  const formats = await Native.getSupportedFormats().catch((): readonly string[] => [])
  return formats.includes('qr_code') ? new Native({ formats: ['qr_code'] }) : undefined
}

const loadZxing = async (): Promise<NativeDetector> => {
  const [{ BarcodeDetector, prepareZXingModule }, { default: wasmUrl }] = await Promise.all([
    import('barcode-detector/ponyfill'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true })
  return new BarcodeDetector({ formats: ['qr_code'] })
}

/** Opens the rear camera. Rejects with a CameraProblem. */
export const openCamera = async (): Promise<MediaStream> => {
  if (!navigator.mediaDevices) return Promise.reject('insecure' satisfies CameraProblem)
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
    })
  } catch (error) {
    return Promise.reject(toProblem(error))
  }
}

const toProblem = (error: unknown): CameraProblem => {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  return 'failed'
}

/** Switches the lamp; false where the camera has none. */
export const switchTorch = async (stream: MediaStream, on: boolean): Promise<boolean> => {
  const track = stream.getVideoTracks()[0]
  const capabilities = track?.getCapabilities?.() as { torch?: boolean } | undefined
  if (!track || !capabilities?.torch) return false
  await track
    .applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
    .catch(() => undefined)
  return true
}
