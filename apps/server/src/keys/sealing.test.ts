import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeAuditKeyFile, openFileAuditKeys, rotateAuditKey } from './audit-keys.ts'
import { addDataKey, makeKeyFiles, openFileKeyProvider, rotateSigningKey } from './key-provider.ts'
import type { SealingRequest } from './sealing.ts'
import { sealFiles, unsealFiles } from './secret-files.ts'

const FILES = ['keys.json', 'audit-keys.json']
const MODULE = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/softhsm/libsofthsm.so'].find(existsSync)
const hasTool = spawnSync('pkcs11-tool', ['--help']).error === undefined
const hasToken = MODULE !== undefined && hasTool && spawnSync('softhsm2-util', ['-v']).error === undefined

let work = ''
let directory = ''
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'jkb-sealing-'))
  directory = join(work, 'data')
  mkdirSync(directory)
  makeAuditKeyFile(directory)
  makeKeyFiles(directory)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(work, { recursive: true })
})

const textOf = (name: string) => readFileSync(join(directory, name), 'utf8')

/** The files under this key: nothing of them in clear, all keys as before, rotations still kept sealed. */
const expectSealed = (request: SealingRequest) => {
  const { data, venueCode } = JSON.parse(textOf('keys.json'))
  const before = openFileKeyProvider(directory)
  const signature = openFileAuditKeys(directory).sign(1, 'text')
  sealFiles(directory, FILES, request)
  for (const secret of [data[0].key, venueCode])
    for (const name of [...FILES, 'keys-sealing.json']) expect(textOf(name)).not.toContain(secret)
  const after = openFileKeyProvider(directory)
  expect(after.currentDataKey().key).toEqual(before.currentDataKey().key)
  expect(openFileAuditKeys(directory).isSigned(1, 'text', signature)).toBe(true)
  expect([addDataKey(directory), rotateSigningKey(directory, 0), rotateAuditKey(directory)]).toEqual([
    2, 2, 2,
  ])
  for (const name of FILES) expect(JSON.parse(textOf(name))).toMatchObject({ format: 'jkb-sealed/1' })
  expect(openFileKeyProvider(directory).dataKeys()).toHaveLength(2)
}

/** As a process that starts anew: nothing is remembered of what was opened. */
const openAnew = async () => {
  vi.resetModules()
  const { openFileKeyProvider: open } = await import('./key-provider.ts')
  return open(directory)
}

describe('files of keys under a key that the environment keeps', () => {
  const request = { provider: 'environment', variable: 'JKB_TEST_FILE_KEY' } as const

  it('are nothing without it, and plain again when that is asked for', async () => {
    expect(() => sealFiles(directory, FILES, request)).toThrow('32 bytes in base64')
    expect(JSON.parse(textOf('keys.json')).format).toBeUndefined()
    vi.stubEnv('JKB_TEST_FILE_KEY', Buffer.alloc(32, 7).toString('base64'))
    expectSealed(request)
    vi.stubEnv('JKB_TEST_FILE_KEY', Buffer.alloc(32, 8).toString('base64'))
    await expect(openAnew()).rejects.toThrow('does not belong to')
    vi.stubEnv('JKB_TEST_FILE_KEY', '')
    await expect(openAnew()).rejects.toThrow('openssl rand -base64 32')
    unsealFiles(directory, FILES)
    expect(JSON.parse(textOf('keys.json')).data).toHaveLength(2)
    expect((await openAnew()).dataKeys()).toHaveLength(2)
  })

  it('are read where sealing was broken off, and one can not stand in for the other', async () => {
    vi.stubEnv('JKB_TEST_FILE_KEY', Buffer.alloc(32, 7).toString('base64'))
    sealFiles(directory, ['audit-keys.json'], request)
    expect((await openAnew()).dataKeys()).toHaveLength(1)
    sealFiles(directory, FILES, request)
    writeFileSync(join(directory, 'keys.json'), textOf('audit-keys.json'))
    await expect(openAnew()).rejects.toThrow('does not belong to')
    renameSync(join(directory, 'keys-sealing.json'), join(directory, 'elsewhere'))
    await expect(openAnew()).rejects.toThrow('is not beside it')
  })
})

describe('files of keys under a key that two programs wrap and unwrap, as those of a cloud do', () => {
  it('are opened by the program alone, which is told apart when it fails', async () => {
    expect(() =>
      sealFiles(directory, FILES, { provider: 'command', wrap: ['base64'], unwrap: ['false'] }),
    ).toThrow('can not be had (false)')
    expect(existsSync(join(directory, 'keys-sealing.json'))).toBe(false)
    expect(() =>
      sealFiles(directory, FILES, { provider: 'command', wrap: ['jkb-no-such-program'], unwrap: ['cat'] }),
    ).toThrow('no such program')
    expectSealed({ provider: 'command', wrap: ['base64'], unwrap: ['base64', '-d'] })
    expect((await openAnew()).dataKeys()).toHaveLength(2)
  })
})

// `apt-get install softhsm2 opensc`: skipped only where one of them is missing.
describe.skipIf(!hasToken)(
  'files of keys under a key that a PKCS#11 token keeps (needs softhsm2 and opensc)',
  () => {
    const run = (...[program = '', ...args]: string[]) => {
      const { status, stderr } = spawnSync(program, args)
      if (status !== 0) throw new Error(stderr.toString())
    }
    const request = { provider: 'pkcs11', module: MODULE ?? '', token: 'jkb-test', key: 'wrapping' } as const
    beforeEach(() => {
      mkdirSync(join(work, 'tokens'))
      writeFileSync(join(work, 'softhsm2.conf'), `directories.tokendir = ${join(work, 'tokens')}\n`)
      vi.stubEnv('SOFTHSM2_CONF', join(work, 'softhsm2.conf'))
      vi.stubEnv('PKCS11_PIN', '246810')
      run(
        ...['softhsm2-util', '--init-token', '--free', '--label', 'jkb-test'],
        ...['--pin', '246810', '--so-pin', '13579111'],
      )
      run(
        ...['pkcs11-tool', '--module', request.module, '--token-label', 'jkb-test', '--login'],
        ...['--pin', '246810', '--keypairgen', '--key-type', 'rsa:2048', '--label', 'wrapping', '--id', '01'],
        '--usage-decrypt',
      )
    })

    it('are opened by the token with its PIN alone; the private key never leaves it', async () => {
      expectSealed(request)
      expect((await openAnew()).dataKeys()).toHaveLength(2)
      writeFileSync(join(work, 'pin'), '246810\n')
      vi.stubEnv('PKCS11_PIN', '000000')
      await expect(openAnew()).rejects.toThrow('can not be had (pkcs11-tool)')
      vi.stubEnv('PKCS11_PIN_FILE', join(work, 'pin'))
      expect((await openAnew()).dataKeys()).toHaveLength(2)
      vi.stubEnv('PKCS11_PIN_FILE', '')
      vi.stubEnv('PKCS11_PIN', '')
      await expect(openAnew()).rejects.toThrow('set PKCS11_PIN_FILE or PKCS11_PIN')
      // Another token, of the same names.
      vi.stubEnv('PKCS11_PIN', '246810')
      rmSync(join(work, 'tokens'), { recursive: true })
      mkdirSync(join(work, 'tokens'))
      await expect(openAnew()).rejects.toThrow('can not be had (pkcs11-tool)')
    })
  },
)
