import { createHash } from 'node:crypto'

/** An entry as text, as `ENTRY_COLUMNS` of the queries reads it. */
export interface EntryText {
  audit_id: string
  /** Seconds since 1970 with six decimals, as PostgreSQL's `extract(epoch …)` writes them. */
  occurred_at: string
  actor_kind: string
  actor_id: string | null
  action: string
  object_kind: string
  object_id: string | null
  purpose: string | null
  /** JSON text. */
  details: string
  request_id: string | null
}

const TOKEN = /\s*([{}[\]:,]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s{}[\]:,"]+)\s*/y

/**
 * JSON text in one form only: no white space, keys sorted by UTF-16 code units, strings as `JSON.stringify` writes
 * them. Numbers stay the text they were: PostgreSQL keeps more digits than a JavaScript number.
 * @throws SyntaxError for what is no JSON
 */
export const canonicalJson = (text: string): string => {
  if (text === '{}') return text
  TOKEN.lastIndex = 0
  const next = (): string => {
    const token = TOKEN.exec(text)?.[1]
    if (token === undefined) throw new SyntaxError('not JSON')
    return token
  }
  const quoted = (token: string): string => JSON.stringify(JSON.parse(token))
  const readList = (): string => {
    const items: string[] = []
    for (let token = next(); token !== ']'; token = next()) {
      if (token === ',') token = next()
      items.push(readValue(token))
    }
    return `[${items.join(',')}]`
  }
  const readObject = (): string => {
    const members: [string, string][] = []
    for (let token = next(); token !== '}'; token = next()) {
      if (token === ',') token = next()
      const key = String(JSON.parse(token))
      if (next() !== ':') throw new SyntaxError('not JSON')
      members.push([key, readValue(next())])
    }
    members.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`
  }
  const readValue = (token: string): string => {
    if (token === '{') return readObject()
    if (token === '[') return readList()
    return token.startsWith('"') ? quoted(token) : token
  }
  const value = readValue(next())
  if (TOKEN.lastIndex !== text.length) throw new SyntaxError('not JSON')
  return value
}

// Nesting that overflows the stack is no entry of ours; it must neither stop the sealer nor the verification.
const detailsText = (details: string): string => {
  try {
    return canonicalJson(details)
  } catch {
    return JSON.stringify(details)
  }
}

/**
 * The one text of an entry that is hashed (docs/architecture.md, "Audit"): a JSON array, so that no two entries share
 * one. It depends on neither time zone, nor locale, nor the order of JSON keys, nor the version of PostgreSQL.
 */
export const canonicalEntry = (entry: EntryText): string => {
  const text = (value: string | null) => (value === null ? 'null' : JSON.stringify(value))
  return `["jkb-audit-entry/1",${text(entry.audit_id)},${text(entry.occurred_at)},${text(entry.actor_kind)},${text(
    entry.actor_id,
  )},${text(entry.action)},${text(entry.object_kind)},${text(entry.object_id)},${text(entry.purpose)},${detailsText(entry.details)},${text(entry.request_id)}]`
}

export const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()

export const LEAF_BYTES = 40

/** What an entry contributes to the hash of its batch: its id (8 bytes, big endian) and the SHA-256 of its text. */
export const leafOf = (entry: EntryText): Buffer => {
  const leaf = Buffer.allocUnsafe(LEAF_BYTES)
  leaf.writeBigInt64BE(BigInt(entry.audit_id))
  sha256(canonicalEntry(entry)).copy(leaf, 8)
  return leaf
}

export interface SealBody {
  /** Decimal strings; seals count from 1. */
  sequence: string
  fromId: string
  toId: string
  entryCount: number
  /** SHA-256 over the leaves of the batch in the order of their ids. */
  entriesHash: Buffer
  /** Hash of the seal before; 32 zero bytes for the first. */
  previousHash: Buffer
  sealedAt: Date
  keyId: number
}

export const FIRST_PREVIOUS_HASH = Buffer.alloc(32)

/** The text of a seal: what is signed (Ed25519), and whose SHA-256 the next seal carries. */
export const sealText = (seal: SealBody): string =>
  JSON.stringify([
    'jkb-audit-seal/1',
    seal.sequence,
    seal.fromId,
    seal.toId,
    String(seal.entryCount),
    seal.entriesHash.toString('hex'),
    seal.previousHash.toString('hex'),
    seal.sealedAt.toISOString(),
    String(seal.keyId),
  ])

export const sealHash = (seal: SealBody): Buffer => sha256(sealText(seal))

/** What a purge leaves behind, signed: without it, missing entries are removed entries. */
export interface PurgeCertificate {
  lastSequence: string
  /** Hex; of the last seal whose entries are gone. */
  lastSealHash: string
  removed: string
  purgedAt: string
  keyId: number
}

export const purgeText = (certificate: PurgeCertificate): string =>
  JSON.stringify([
    'jkb-audit-purge/1',
    certificate.lastSequence,
    certificate.lastSealHash,
    certificate.removed,
    certificate.purgedAt,
    String(certificate.keyId),
  ])
