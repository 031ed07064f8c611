import { createHash, randomBytes } from 'node:crypto'
import { CITIES } from '@jiankangbao/city/cities'
import { hash, verify } from '@node-rs/argon2'
import { Secret, TOTP } from 'otpauth'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'

const TOTP_SECONDS = 30

// Argon2id (the library's default) with OWASP's parameters: 19 MiB, two passes.
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2)

let decoy: Promise<string> | undefined

/** As much work for an unknown user as for a known one, so that names can not be told by the time it takes. */
export const verifyPassword = async (
  passwordHash: string | undefined,
  password: string,
): Promise<boolean> => {
  decoy ??= hashPassword(randomBytes(16).toString('hex'))
  const matches = await verify(passwordHash ?? (await decoy), password)
  return passwordHash !== undefined && matches
}

/** The time step that a one-time password belongs to (RFC 6238, one step of tolerance each way), or undefined. */
export const findTotpStep = (secret: string, token: string, now: Date): number | undefined => {
  const timestamp = now.getTime()
  const delta = new TOTP({ secret: Secret.fromBase32(secret), period: TOTP_SECONDS }).validate({
    token,
    timestamp,
    window: 1,
  })
  return delta === null ? undefined : Math.floor(timestamp / 1000 / TOTP_SECONDS) + delta
}

/** A first password and a second factor, to be shown once. */
export const makeSecrets = (username: string) => {
  const secret = new Secret({ size: 20 })
  return {
    initialPassword: randomBytes(15).toString('base64url'),
    totpSecret: secret.base32,
    totpUri: toTotpUri(username, secret.base32),
  }
}

/**
 * What somebody signs in with who has set nothing yet: 256 random bits and a key that are forgotten at once. Replaced by what the
 * holder of the activation code sets and enrols.
 */
export const makeNobodysSecrets = async (
  encryption: Pick<FieldEncryption, 'encrypt'>,
): Promise<{ passwordHash: string; totpSecretEncrypted: (operatorId: string) => Buffer }> => ({
  passwordHash: await hashPassword(randomBytes(32).toString('base64url')),
  totpSecretEncrypted: (operatorId) =>
    encryption.encrypt(randomBytes(20).toString('hex'), inRow('operators.totp_secret', operatorId)),
})

/** What an authenticator reads from a QR code. */
export const toTotpUri = (username: string, totpSecret: string): string =>
  new TOTP({
    issuer: '健康宝',
    label: username,
    secret: Secret.fromBase32(totpSecret),
    period: TOTP_SECONDS,
  }).toString()

/** The passwords of the operators of every demonstration; published on purpose. */
export const PUBLISHED_PASSWORDS: readonly string[] = Object.values(CITIES).map(
  ({ demonstration }) => demonstration.password,
)

export const isPublishedPassword = (password: string): boolean =>
  PUBLISHED_PASSWORDS.includes(password.trim().toLowerCase())

/** Cookie value and what is kept of it. */
export const makeSessionToken = () => {
  const cookie = randomBytes(32).toString('base64url')
  return { cookie, sessionHash: hashSessionToken(cookie) }
}

export const hashSessionToken = (cookie: string): Buffer => createHash('sha256').update(cookie).digest()
