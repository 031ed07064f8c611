import { createHash, createHmac } from 'node:crypto'

export interface AliyunAccount {
  accessKeyId: string
  accessKeySecret: string
}

interface Acs3Request {
  method: 'GET' | 'POST'
  host: string
  action: string
  version: string
  query: Readonly<Record<string, string>>
  /** Header `content-type` of a body; signed with the rest. */
  contentType?: string | undefined
  body: string
  /** UTC, to the second. */
  at: Date
  nonce: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** As RFC 3986 has it: `encodeURIComponent` leaves out `!'()*`. */
const percent = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** Parameters in the order that is signed. */
export const canonicalQuery = (query: Readonly<Record<string, string>>): string =>
  Object.keys(query)
    .sort()
    .map((name) => `${percent(name)}=${percent(query[name] ?? '')}`)
    .join('&')

/**
 * Headers of a request to Alibaba Cloud, signed by ACS3-HMAC-SHA256 (请求结构和签名机制 V3). `host` is among those signed; whoever
 * sends sets it from the address.
 */
export const signAcs3 = (
  { accessKeyId, accessKeySecret }: AliyunAccount,
  { method, host, action, version, query, contentType, body, at, nonce }: Acs3Request,
): Record<string, string> => {
  const hashedBody = sha256(body)
  const headers: Record<string, string> = {
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': hashedBody,
    'x-acs-date': `${at.toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
    ...(contentType ? { 'content-type': contentType } : {}),
  }
  const names = Object.keys(headers).sort()
  const canonical = [
    method,
    '/',
    canonicalQuery(query),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    hashedBody,
  ].join('\n')
  const signature = createHmac('sha256', accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex')
  return {
    ...headers,
    authorization: `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`,
  }
}
