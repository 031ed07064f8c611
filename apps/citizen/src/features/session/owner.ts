import { decodeBase64Url } from '@jiankangbao/domain/codes/base64url'

/**
 * The account an access token was made for (its claim `sub`): the same at every sign-in with one phone number, another
 * for every other person. Decides on this phone whose scans are whose; the server trusts only the signature.
 */
export const ownerOfToken = (accessToken: string | undefined): string | undefined => {
  const payload = decodeBase64Url((accessToken ?? '').split('.')[1] ?? '')
  if (!payload) return undefined
  try {
    // Our claims are ASCII.
    const { sub } = JSON.parse(String.fromCharCode(...Array.from(payload))) as { sub?: unknown }
    return typeof sub === 'string' && sub !== '' ? sub : undefined
  } catch {
    return undefined
  }
}
