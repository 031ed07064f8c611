import { createHash, createHmac } from 'node:crypto'

export interface TencentAccount {
  secretId: string
  secretKey: string
}

interface Tc3Request {
  /** Product, as in the address: `sms`, `faceid`. */
  service: string
  host: string
  action: string
  body: string
  at: Date
}

const CONTENT_TYPE = 'application/json; charset=utf-8'
const SIGNED_HEADERS = 'content-type;host;x-tc-action'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** The signed part of a request to Tencent Cloud's interface 3.0: TC3-HMAC-SHA256 (签名方法 v3). */
export const signTc3 = (
  { secretId, secretKey }: TencentAccount,
  { service, host, action, body, at }: Tc3Request,
): Record<string, string> => {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const day = at.toISOString().slice(0, 10)
  const scope = `${day}/${service}/tc3_request`
  const canonical = [
    'POST',
    '/',
    '',
    `content-type:${CONTENT_TYPE}`,
    `host:${host}`,
    `x-tc-action:${action.toLowerCase()}`,
    '',
    SIGNED_HEADERS,
    sha256(body),
  ].join('\n')
  const key = hmac(hmac(hmac(`TC3${secretKey}`, day), service), 'tc3_request')
  const signature = hmac(key, ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n'))
  return {
    'content-type': CONTENT_TYPE,
    'x-tc-action': action,
    'x-tc-timestamp': timestamp,
    authorization: `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${SIGNED_HEADERS}, Signature=${signature.toString('hex')}`,
  }
}
