import { appendFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is witnessed: entries of the audit log, and history that is sealed with it. */
export type WitnessedStream = 'audit' | 'status_changes' | 'row_versions'

/**
 * What this machine has seen of rows that no seal covers yet, outside the database: whoever owns the database can take the
 * youngest rows away before they are sealed, but not what was seen of them.
 */
export interface AuditWitness {
  /** Hash (hex) by id. */
  noted(stream: WitnessedStream): ReadonlyMap<string, string>
  note(stream: WitnessedStream, hashes: ReadonlyMap<string, string>): void
  /** Rows up to this id are sealed now. */
  forget(stream: WitnessedStream, throughId: string): void
}

type Noted = Map<WitnessedStream, Map<string, string>>

const addTo = (all: Noted, stream: WitnessedStream, id: string, hash: string): void => {
  const of = all.get(stream) ?? new Map<string, string>()
  // The first look counts.
  if (!of.has(id)) of.set(id, hash)
  all.set(stream, of)
}

const dropFrom = (all: Noted, stream: WitnessedStream, throughId: string): void => {
  const through = BigInt(throughId)
  for (const id of all.get(stream)?.keys() ?? []) if (BigInt(id) <= through) all.get(stream)?.delete(id)
}

/** Of this process only, for tests. */
export const createAuditWitness = (): AuditWitness => {
  const all: Noted = new Map()
  return {
    noted: (stream) => new Map(all.get(stream)),
    note: (stream, hashes) => {
      for (const [id, hash] of hashes) addTo(all, stream, id, hash)
    },
    forget: (stream, throughId) => dropFrom(all, stream, throughId),
  }
}

const FILE = 'audit-witness.log'

const toLine = (stream: string, id: string, hash: string): string => `${stream} ${id} ${hash}\n`

const parse = (text: string): Noted => {
  const all: Noted = new Map()
  for (const line of text.split('\n')) {
    const [stream, id, hash] = line.split(' ')
    // A line that a crash cut short says nothing.
    if (stream && id && hash?.length === 64) addTo(all, stream as WitnessedStream, id, hash)
  }
  return all
}

/** In `audit-witness.log` of the data directory; the processes of the machine share it. */
export const openFileAuditWitness = (dataDirectory: string): AuditWitness => {
  const path = join(dataDirectory, FILE)
  let read: { state: string; all: Noted } = { state: '', all: new Map() }
  const readAll = (): Noted => {
    const found = statSync(path, { throwIfNoEntry: false })
    const state = found ? `${found.ino} ${found.size} ${found.mtimeMs}` : ''
    if (state !== read.state) read = { state, all: found ? parse(readFileSync(path, 'utf8')) : new Map() }
    return read.all
  }
  return {
    noted: (stream) => new Map(readAll().get(stream)),
    note: (stream, hashes) => {
      if (hashes.size === 0) return
      const lines = [...hashes].map(([id, hash]) => toLine(stream, id, hash))
      appendFileSync(path, lines.join(''), { mode: 0o600 })
    },
    forget: (stream, throughId) => {
      const all = readAll()
      const before = all.get(stream)?.size ?? 0
      dropFrom(all, stream, throughId)
      if ((all.get(stream)?.size ?? 0) === before) return
      const lines = [...all].flatMap(([name, hashes]) =>
        [...hashes].map(([id, hash]) => toLine(name, id, hash)),
      )
      const beside = `${path}.${process.pid}.next`
      writeFileSync(beside, lines.join(''), { mode: 0o600, flush: true })
      renameSync(beside, path)
    },
  }
}
