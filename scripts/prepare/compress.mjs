import { readFile, rm, writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { listFiles } from './source-hash.mjs'

const textual = new Set(['.js', '.css', '.html', '.svg', '.json', '.webmanifest', '.txt'])
const compressible = new Set([...textual, '.wasm'])
/** Below this the headers cost more than is won. */
const WORTH_BYTES = 512

const brotli = (content, extension) =>
  promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      [constants.BROTLI_PARAM_MODE]: textual.has(extension)
        ? constants.BROTLI_MODE_TEXT
        : constants.BROTLI_MODE_GENERIC,
    },
  })

const gzipped = (content) => promisify(gzip)(content, { level: 9 })

/**
 * Lays a `.br` and a `.gz` beside every file below `directory` that gets smaller by them; the server sends the one a
 * browser takes. Done once at build, at the highest setting, because a server that compressed each answer would spend
 * more processor time on a first load than on a hundred scans. What an earlier build laid there goes first: a stale
 * one would be sent in place of the file.
 */
export const compressFiles = async (directory) => {
  const files = await listFiles([directory])
  const isCompressed = (path) => /\.(br|gz)$/.test(path)
  await Promise.all(files.filter(isCompressed).map((path) => rm(path)))
  for (const path of files.filter((file) => !isCompressed(file))) {
    const extension = extname(path)
    if (!compressible.has(extension)) continue
    const content = await readFile(path)
    if (content.length < WORTH_BYTES) continue
    for (const [ending, packed] of [
      ['br', await brotli(content, extension)],
      ['gz', await gzipped(content)],
    ])
      if (packed.length < content.length) await writeFile(`${path}.${ending}`, packed)
  }
}
