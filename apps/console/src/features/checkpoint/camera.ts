export type CameraProblem = 'denied' | 'missing' | 'insecure' | 'failed' | 'reader'

/** Reads QR codes out of one picture; the texts found. */
export type ReadCodes = (video: HTMLVideoElement) => Promise<string[]>

// More pixels only make old phones slower; a code that fills a third of this still has 4 pixels a module.
const LONGEST_SIDE = 960

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
export const createReader = (): Promise<ReadCodes> => {
  // Loaded once: the camera opens and closes with every change of mode, also without network.
  reader ??= load()
  reader.catch(() => {
    reader = undefined
  })
  return reader
}

let reader: Promise<ReadCodes> | undefined

const load = async (): Promise<ReadCodes> => (await findNative()) ?? (await loadZxing())

const findNative = async (): Promise<ReadCodes | undefined> => {
  const Native = (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector
  if (!Native) return undefined
  const formats = await Native.getSupportedFormats().catch((): readonly string[] => [])
  if (!formats.includes('qr_code')) return undefined
  const detector = new Native({ formats: ['qr_code'] })
  return async (video) => (await detector.detect(video)).map(({ rawValue }) => rawValue)
}

// Code and .wasm come from one package: barcode-detector bundles the code of another version of it, and mixed ones
// fail with "memory access out of bounds" at the first picture.
const loadZxing = async (): Promise<ReadCodes> => {
  const [{ prepareZXingModule, readBarcodes }, { default: wasmUrl }] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true })
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    const { videoWidth, videoHeight } = video
    if (!context || videoWidth === 0) return []
    const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight))
    canvas.width = Math.round(videoWidth * scale)
    canvas.height = Math.round(videoHeight * scale)
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    const picture = context.getImageData(0, 0, canvas.width, canvas.height)
    const found = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1 })
    return found.map(({ text }) => text)
  }
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
