import type { EntryText } from './canonical.ts'

/** What the audit log was told of seals of history: hashes by stream and sequence. */
export interface HistoryAnchors {
  /** Every entry passes here. */
  note(entry: EntryText): void
  /** All that were told of one seal: more than one where somebody told another. */
  of(stream: string, sequence: string): ReadonlySet<string>
  /** The highest seal that was told, '0' where none was. */
  lastOf(stream: string): string
}

export const createHistoryAnchors = (): HistoryAnchors => {
  const told = new Map<string, Set<string>>()
  const last = new Map<string, bigint>()
  return {
    note: (entry) => {
      if (entry.action !== 'history.sealed') return
      const details = JSON.parse(entry.details) as Record<string, unknown>
      const { stream, sequence, hash } = details
      if (typeof stream !== 'string' || typeof sequence !== 'string' || !/^[0-9]{1,18}$/.test(sequence))
        return
      const key = `${stream}:${sequence}`
      told.set(key, (told.get(key) ?? new Set()).add(String(hash)))
      if (BigInt(sequence) > (last.get(stream) ?? 0n)) last.set(stream, BigInt(sequence))
    },
    of: (stream, sequence) => told.get(`${stream}:${sequence}`) ?? new Set(),
    lastOf: (stream) => String(last.get(stream) ?? 0n),
  }
}

/** Up to where versions written by another role were accepted, by the log (`jkb audit accept-head`, the demonstration). */
export const createAcceptedVersions = () => {
  let through = 0n
  return {
    note: (entry: EntryText): void => {
      if (entry.action !== 'audit.head_accepted' && entry.action !== 'history.accepted') return
      const { versionId } = JSON.parse(entry.details) as { versionId?: unknown }
      if (typeof versionId === 'string' && /^[0-9]{1,18}$/.test(versionId) && BigInt(versionId) > through)
        through = BigInt(versionId)
    },
    through: (): string => String(through),
  }
}
