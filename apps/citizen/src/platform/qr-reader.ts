/** Set at build: the name of the reader below `/static/`, with a hash of its content in it. */
declare const QR_READER_FILE: string

type Reader = (source: HTMLCanvasElement) => Promise<string | undefined>

interface Detector {
  detect: (source: HTMLCanvasElement) => Promise<{ rawValue: string }[]>
}
interface DetectorKind {
  new (options: { formats: string[] }): Detector
  getSupportedFormats?: () => Promise<string[]>
}

const findDetector = async (): Promise<Detector | undefined> => {
  const kind = (window as unknown as { BarcodeDetector?: DetectorKind }).BarcodeDetector
  if (!kind) return undefined
  try {
    const formats = (await kind.getSupportedFormats?.()) ?? []
    return formats.includes('qr_code') ? new kind({ formats: ['qr_code'] }) : undefined
  } catch {
    return undefined
  }
}

const pixelsOf = (canvas: HTMLCanvasElement): ImageData | undefined =>
  canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height)

// 900 kB of WebAssembly: fetched from the own host the first time somebody scans, never before.
const loadZxing = async (): Promise<Reader> => {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader')
  await prepareZXingModule({
    overrides: { locateFile: () => `/static/${QR_READER_FILE}` },
    fireImmediately: true,
  })
  return async (canvas) => {
    const pixels = pixelsOf(canvas)
    if (!pixels) return undefined
    const found = await readBarcodes(pixels, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 })
    return found[0]?.text
  }
}

const load = async (): Promise<Reader> => {
  const detector = await findDetector()
  if (!detector) return loadZxing()
  return async (canvas) => (await detector.detect(canvas))[0]?.rawValue
}

let reader: Promise<Reader> | undefined

/** The text of the QR code in a canvas; undefined when there is none. Loads the reader at first use. */
export const readQr = async (canvas: HTMLCanvasElement): Promise<string | undefined> => {
  reader ??= load()
  try {
    return await (await reader)(canvas)
  } catch (error) {
    reader = undefined
    throw error
  }
}
