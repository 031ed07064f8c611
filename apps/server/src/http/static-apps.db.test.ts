import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/test-app.ts'

const script = `/* app */ ${'export const colour = "green";'.repeat(200)}`
const page = (name: string) => `<!doctype html><title>${name}</title><p>${name} ${'loading '.repeat(200)}</p>`
const wasm = Buffer.alloc(4096, 7)

const compress = (directory: string) => {
  const program = fileURLToPath(new URL('../../../../scripts/prepare/compress.mjs', import.meta.url))
  const run = `import(${JSON.stringify(program)}).then((m) => m.compressFiles(${JSON.stringify(directory)}))`
  execFileSync(process.execPath, ['-e', run])
}

let app: TestApp
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jkb-static-'))
  const citizen = join(directory, 'citizen')
  const desk = join(directory, 'console')
  await mkdir(join(citizen, 'js'), { recursive: true })
  await mkdir(join(citizen, 'static'), { recursive: true })
  await mkdir(join(desk, 'assets'), { recursive: true })
  await writeFile(join(citizen, 'index.html'), page('citizen'))
  await writeFile(join(citizen, 'js/app.0a1b2c3d.js'), script)
  // Left by an earlier build: what is sent must be the file of this one.
  await writeFile(join(citizen, 'js/app.0a1b2c3d.js.br'), 'stale')
  await writeFile(join(citizen, 'js/tiny.0a1b2c3d.js'), 'tiny()')
  await writeFile(join(citizen, 'static/reader.0a1b2c3d.wasm'), wasm)
  await writeFile(join(desk, 'index.html'), page('console'))
  await writeFile(join(desk, 'sw.js'), script)
  await writeFile(join(desk, 'assets/desk-CjEgZGy8.js'), script)
  const proofs = join(directory, 'proofs')
  await mkdir(join(proofs, 'v'), { recursive: true })
  await writeFile(join(proofs, 'v/WeChatProof.txt'), 'a1b2c3')
  await writeFile(join(proofs, 'alipay.txt'), 'd4e5f6')
  await writeFile(join(proofs, 'notes.md'), 'not for anybody')
  compress(citizen)
  compress(desk)
  app = await startTestApp({
    environment: { CITIZEN_DIRECTORY: citizen, CONSOLE_DIRECTORY: desk, PROOF_DIRECTORY: proofs },
  })
})
afterAll(async () => {
  await app?.close()
  await rm(directory, { recursive: true, force: true })
})

const get = (url: string, headers: Record<string, string> = {}) => app.http.inject({ url, headers })
const browser = {
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br',
}

describe('files of the apps', () => {
  it('refuse a part past their end as a bad request, not as an error of the server', async () => {
    for (const url of ['/', '/js/app.0a1b2c3d.js', '/console/'])
      for (const method of ['GET', 'HEAD'] as const) {
        const answer = await app.http.inject({ method, url, headers: { range: 'bytes=9-1' } })
        expect([url, method, answer.statusCode]).toEqual([url, method, 400])
      }
    expect((await get('/js/app.0a1b2c3d.js', { range: 'bytes=0-3' })).statusCode).toBe(206)
  })

  it('are sent as brotli, as gzip or as they are, whatever the browser takes', async () => {
    for (const url of ['/js/app.0a1b2c3d.js', '/console/assets/desk-CjEgZGy8.js', '/console/sw.js']) {
      const br = await get(url, { 'accept-encoding': 'gzip, deflate, br' })
      expect(br.headers, url).toMatchObject({ 'content-encoding': 'br' })
      expect(brotliDecompressSync(br.rawPayload).toString()).toBe(script)
      expect(br.rawPayload.length).toBeLessThan(script.length / 10)
      const gz = await get(url, { 'accept-encoding': 'gzip' })
      expect(gz.headers, url).toMatchObject({ 'content-encoding': 'gzip' })
      expect(gunzipSync(gz.rawPayload).toString()).toBe(script)
      const plain = await get(url)
      expect(plain.headers['content-encoding'], url).toBeUndefined()
      expect(plain.body).toBe(script)
      for (const { headers } of [br, gz, plain]) {
        expect(headers['content-type'], url).toMatch(/^(application|text)\/javascript/)
        expect(String(headers.vary).toLowerCase()).toContain('accept-encoding')
      }
    }
    const reader = await get('/static/reader.0a1b2c3d.wasm', { 'accept-encoding': 'br' })
    expect(reader.headers).toMatchObject({ 'content-encoding': 'br', 'content-type': 'application/wasm' })
    expect(brotliDecompressSync(reader.rawPayload).equals(wasm)).toBe(true)
  })

  it('are kept for good where their name has a hash, and asked for again elsewhere', async () => {
    const kept = 'public, max-age=31536000, immutable'
    for (const encoding of ['br', 'gzip', 'identity']) {
      const cache = async (url: string) =>
        (await get(url, { 'accept-encoding': encoding })).headers['cache-control']
      expect(await cache('/js/app.0a1b2c3d.js')).toBe(kept)
      expect(await cache('/js/tiny.0a1b2c3d.js')).toBe(kept)
      expect(await cache('/static/reader.0a1b2c3d.wasm')).toBe(kept)
      expect(await cache('/console/assets/desk-CjEgZGy8.js')).toBe(kept)
      expect(await cache('/')).toBe('no-cache')
      expect(await cache('/console/')).toBe('no-cache')
      expect(await cache('/console/sw.js')).toBe('no-cache')
    }
  })

  it('small ones go as they are', async () => {
    const { headers, body } = await get('/js/tiny.0a1b2c3d.js', { 'accept-encoding': 'br, gzip' })
    expect(headers['content-encoding']).toBeUndefined()
    expect(body).toBe('tiny()')
  })
})

describe('proofs of the domain', () => {
  it('are answered at their own paths, whoever asks, and nothing else of their directory is', async () => {
    for (const headers of [{}, { accept: '*/*' }, browser]) {
      expect((await get('/v/WeChatProof.txt', headers)).body).toBe('a1b2c3')
      expect((await get('/alipay.txt', headers)).body).toBe('d4e5f6')
      expect((await get('/notes.md', headers)).rawPayload.toString()).not.toContain('not for anybody')
    }
    expect((await get('/v/other.txt', { accept: '*/*' })).statusCode).toBe(404)
  })
})

describe('an unknown address', () => {
  const decoded = (raw: Buffer) => brotliDecompressSync(raw).toString()

  it('opens the app that it belongs to, which says what is wrong', async () => {
    for (const url of [
      '/v/',
      '/v',
      '/nowhere',
      '/a/b/c',
      '/nowhere.html',
      '/家',
      '/v/ABC%E3%80%82',
      '/apis',
    ]) {
      const answer = await get(encodeURI(decodeURI(url)), browser)
      expect(answer.statusCode, url).toBe(200)
      expect(answer.headers['content-type'], url).toContain('text/html')
      expect(answer.headers['cache-control'], url).toBe('no-cache')
      expect(decoded(answer.rawPayload), url).toContain('<title>citizen')
    }
    for (const url of ['/console', '/console?from=mail', '/console/nowhere', '/console/x.php']) {
      const answer = await get(url, browser)
      expect(answer.statusCode, url).toBe(200)
      expect(decoded(answer.rawPayload), url).toContain('<title>console')
    }
  })

  it('of a file that is gone stays a 404, and so does one of the API', async () => {
    for (const url of ['/js/app.99999999.js', '/console/assets/gone-AAAAAAAA.js', '/static/gone.wasm'])
      expect((await get(url, { accept: '*/*' })).statusCode, url).toBe(404)
    for (const url of ['/api/v1/nowhere', '/api', '/metrics/x', '/healthz/x']) {
      const answer = await get(url, browser)
      expect(answer.statusCode, url).toBe(404)
      expect(answer.json(), url).toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})
