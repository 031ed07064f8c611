export type CameraProblem = 'denied' | 'missing' | 'insecure' | 'failed' | 'reader'

/** Reads codes out of one picture; the texts found. */
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
 * QR codes, and with tubes their Code 128. The browser's own reader where it has one (quick on old Android phones), else ZXing as WebAssembly from this server.
 */
export const createReader = (withTubes = false): Promise<ReadCodes> => {
  // Loaded once: the camera opens and closes with every change of mode, also without network.
  const known = readers.get(withTubes)
  if (known) return known
  const reader = load(withTubes)
  readers.set(withTubes, reader)
  reader.catch(() => readers.delete(withTubes))
  return reader
}

const readers = new Map<boolean, Promise<ReadCodes>>()

const load = async (withTubes: boolean): Promise<ReadCodes> =>
  (await findNative(withTubes)) ?? (await loadZxing(withTubes))

const findNative = async (withTubes: boolean): Promise<ReadCodes | undefined> => {
  const Native = (globalThis as { BarcodeDetector?: NativeDetectorClass }).BarcodeDetector
  if (!Native) return undefined
  const formats = await Native.getSupportedFormats().catch((): readonly string[] => [])
  const wanted = withTubes ? ['qr_code', 'code_128'] : ['qr_code']
  if (!wanted.every((format) => formats.includes(format))) return undefined
  const detector = new Native({ formats: wanted })
  return async (video) => (await detector.detect(video)).map(({ rawValue }) => rawValue)
}

// Code and .wasm come from one package: barcode-detector bundles the code of another version of it, and mixed ones
// fail with "memory access out of bounds" at the first picture.
const loadZxing = async (withTubes: boolean): Promise<ReadCodes> => {
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
    const found = await readBarcodes(picture, {
      formats: withTubes ? ['QRCode', 'Code128'] : ['QRCode'],
      maxNumberOfSymbols: 1,
    })
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
