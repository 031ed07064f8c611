import { spawnSync } from 'node:child_process'
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { KeyProblem } from './key-problem.ts'

// Where the key comes from that the files of keys are encrypted under. It is asked for once in each process; the files stay where they are.

/** In `keys-sealing.json`. An interface for whatever else keeps keys: two programs, that wrap and unwrap 32 bytes. */
export type Sealing =
  | { provider: 'pkcs11'; module: string; token: string; key: string; wrapped: string }
  | { provider: 'command'; unwrap: string[]; wrapped: string }
  | { provider: 'environment'; variable: string }

/** What is asked for at first. */
export type SealingRequest =
  | { provider: 'pkcs11'; module: string; token: string; key: string }
  | { provider: 'command'; wrap: string[]; unwrap: string[] }
  | { provider: 'environment'; variable: string }

const KEY_BYTES = 32
/** A token that does not answer must not hold up a start for ever. */
const ANSWER_MS = 20_000
const TOOL = 'pkcs11-tool'

const refuse = (what: string, why: string) =>
  new KeyProblem(
    `密钥文件的加密密钥取不到（${what}）：${why}。密钥文件未作改动。`,
    `The key of the key files can not be had (${what}): ${why}. The key files were not changed.`,
  )

const run = (
  [program = '', ...args]: readonly string[],
  input: Buffer,
  environment: NodeJS.ProcessEnv = process.env,
): Buffer => {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    input,
    env: environment,
    timeout: ANSWER_MS,
    maxBuffer: 64 * 1024,
  })
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ENOENT')
    throw refuse(program, program === TOOL ? 'apt-get install opensc' : '没有此程序 no such program')
  if (error || status !== 0)
    throw refuse(program, error?.message ?? stderr.toString('utf8').trim().slice(-300))
  return stdout
}

const withPin = (): NodeJS.ProcessEnv => {
  const { PKCS11_PIN, PKCS11_PIN_FILE } = process.env
  const pin = PKCS11_PIN_FILE ? readFileSync(PKCS11_PIN_FILE, 'utf8').replace(/\r?\n$/, '') : PKCS11_PIN
  if (!pin) throw refuse('PKCS#11', '请设置 PKCS11_PIN_FILE 或 PKCS11_PIN set PKCS11_PIN_FILE or PKCS11_PIN')
  return { ...process.env, PKCS11_PIN: pin }
}

const toolOn = ({ module, token }: { module: string; token: string }): string[] => [
  TOOL,
  ...['--module', module, '--token-label', token],
]

/** OAEP with SHA-1 is what every token knows; its strength does not rest on that hash. */
const wrapByToken = (at: { module: string; token: string; key: string }, key: Buffer): Buffer => {
  const der = run([...toolOn(at), '--read-object', '--type', 'pubkey', '--label', at.key], Buffer.alloc(0))
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return publicEncrypt({ key: publicKey, oaepHash: 'sha1', padding: constants.RSA_PKCS1_OAEP_PADDING }, key)
}

/** The private key stays in the token: it unwraps there. */
const unwrapByToken = (at: { module: string; token: string; key: string }, wrapped: Buffer): Buffer =>
  run(
    [
      ...toolOn(at),
      ...['--login', '--pin', 'env:PKCS11_PIN', '--decrypt', '--label', at.key],
      ...['--mechanism', 'RSA-PKCS-OAEP', '--hash-algorithm', 'SHA-1', '--mgf', 'MGF1-SHA1'],
    ],
    wrapped,
    withPin(),
  )

const readVariable = (variable: string): Buffer => {
  const key = Buffer.from(process.env[variable] ?? '', 'base64')
  if (key.length !== KEY_BYTES)
    throw refuse(variable, '应为 32 字节的 base64 it takes 32 bytes in base64 (openssl rand -base64 32)')
  return key
}

/** The key of the files. @throws KeyProblem with what to do */
export const openSealing = (sealing: Sealing): Buffer => {
  if (sealing.provider === 'environment') return readVariable(sealing.variable)
  const wrapped = Buffer.from(sealing.wrapped, 'base64')
  const key = sealing.provider === 'pkcs11' ? unwrapByToken(sealing, wrapped) : run(sealing.unwrap, wrapped)
  if (key.length !== KEY_BYTES) throw refuse(sealing.provider, `${key.length} bytes instead of ${KEY_BYTES}`)
  return key
}

/** Makes a key, has it wrapped, and asks for it once: what can not be opened again seals nothing. @throws KeyProblem */
export const makeSealing = (request: SealingRequest): Sealing => {
  if (request.provider === 'environment') {
    readVariable(request.variable)
    return request
  }
  const key = randomBytes(KEY_BYTES)
  const sealing: Sealing =
    request.provider === 'pkcs11'
      ? { ...request, wrapped: wrapByToken(request, key).toString('base64') }
      : {
          provider: 'command',
          unwrap: request.unwrap,
          wrapped: run(request.wrap, key).toString('base64'),
        }
  if (!openSealing(sealing).equals(key))
    throw refuse(request.provider, '解开后与原密钥不同 what comes back is another key')
  return sealing
}
