import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { KeyProvider } from '../../../keys/key-provider.ts'

/** The first bytes of a PKCS #8 key of Ed25519 (RFC 8410); the 32 bytes of the key follow. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

export interface ServiceTokenKey {
  kid: string
  privateKey: KeyObject
  publicKey: KeyObject
  jwk: { kty: string; crv: string; x: string; kid: string; alg: string; use: string }
}

/**
 * The key of service tokens, made of the secret of access tokens: every process has the same one without a file more, and it changes
 * with that secret. It signs nothing else, so that no token of a module is anything to a door.
 */
export const serviceTokenKey = (keys: Pick<KeyProvider, 'tokenSecret'>): ServiceTokenKey => {
  const seed = Buffer.from(hkdfSync('sha256', keys.tokenSecret(), '', 'jiankangbao service tokens', 32))
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(privateKey)
  const { x = '' } = publicKey.export({ format: 'jwk' }) as { x?: string }
  const kid = `s-${createHash('sha256').update(x).digest('base64url').slice(0, 12)}`
  return {
    kid,
    privateKey,
    publicKey,
    jwk: { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' },
  }
}

/** Of every secret whose tokens are good: after an exchange also of the one before, and beforehand of the one that comes. */
export const listServiceTokenKeys = (keys: Pick<KeyProvider, 'tokenSecrets'>): ServiceTokenKey[] =>
  keys
    .tokenSecrets()
    .filter(({ isRetired }) => !isRetired)
    .map(({ secret }) => serviceTokenKey({ tokenSecret: () => secret }))
