import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import decode, { init as initDecoder } from '@jsquash/jpeg/decode.js'
import encode, { init as initEncoder } from '@jsquash/jpeg/encode.js'
import type { Pixels } from './scale.ts'

// MozJPEG as WebAssembly: whatever a file does to it stays inside its own memory. Its packaging is made for browsers, so
// the code is loaded from the package's folder and the one class of the browser it uses is given to it.

const require = createRequire(import.meta.url)
const loadCode = async (file: string) => ({
  wasmBinary: await readFile(require.resolve(`@jsquash/jpeg/codec/${file}`)),
  // What it says about broken files is no news for the log.
  print: () => {},
  printErr: () => {},
})

const prepare = async () => {
  Object.assign(globalThis, {
    ImageData: class {
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number,
        readonly height: number,
      ) {}
    },
  })
  await initDecoder(await loadCode('dec/mozjpeg_dec.wasm'))
  await initEncoder(await loadCode('enc/mozjpeg_enc.wasm'))
}
let prepared: Promise<void> | undefined

/** @throws anything where the bytes are no picture that it knows */
export const decodeJpeg = async (bytes: Buffer): Promise<Pixels> => {
  prepared ??= prepare()
  await prepared
  return (await decode(new Uint8Array(bytes).buffer)) as Pixels
}

/** Baseline, because a progressive one takes it three times as long. */
export const encodeJpeg = async (pixels: Pixels, quality: number): Promise<Uint8Array> => {
  prepared ??= prepare()
  await prepared
  const settings = { quality, baseline: true, progressive: false }
  return new Uint8Array(await encode({ ...pixels, colorSpace: 'srgb' } as never, settings))
}
