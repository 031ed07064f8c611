import { sealHash } from './canonical.ts'
import type { Seal } from './seal.queries.ts'

/** The last seal as it is given to an outside witness; the chain must contain it for ever. */
export interface AuditHead {
  seal: Seal
}

export interface PublishedHead {
  format: 'jkb-audit-head/1'
  sequence: string
  fromId: string
  toId: string
  entryCount: number
  entriesHash: string
  previousHash: string
  sealedAt: string
  keyId: number
  /** Base64url, Ed25519 over the text of the seal. */
  signature: string
  /** Hex; what the next seal carries. */
  hash: string
}

export const toPublishedHead = (seal: Seal): PublishedHead => ({
  format: 'jkb-audit-head/1',
  sequence: seal.sequence,
  fromId: seal.fromId,
  toId: seal.toId,
  entryCount: seal.entryCount,
  entriesHash: seal.entriesHash.toString('hex'),
  previousHash: seal.previousHash.toString('hex'),
  sealedAt: seal.sealedAt.toISOString(),
  keyId: seal.keyId,
  signature: seal.signature.toString('base64url'),
  hash: sealHash(seal).toString('hex'),
})

/** Reads a head that was exported. @throws Error where the text is none */
export const readPublishedHead = (text: string): AuditHead => {
  const head = JSON.parse(text) as Partial<PublishedHead>
  const { sequence, fromId, toId, entryCount, entriesHash, previousHash, sealedAt, keyId, signature } = head
  if (head.format !== 'jkb-audit-head/1' || !/^[1-9][0-9]{0,18}$/.test(sequence ?? ''))
    throw new Error('This is no head of an audit log.')
  return {
    seal: {
      sequence: sequence ?? '',
      fromId: fromId ?? '',
      toId: toId ?? '',
      entryCount: entryCount ?? 0,
      entriesHash: Buffer.from(entriesHash ?? '', 'hex'),
      previousHash: Buffer.from(previousHash ?? '', 'hex'),
      sealedAt: new Date(sealedAt ?? ''),
      keyId: keyId ?? 0,
      signature: Buffer.from(signature ?? '', 'base64url'),
    },
  }
}
