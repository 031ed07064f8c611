import pg from 'pg'
import { inTransaction } from '../src/db/pool.ts'
import { writeAudit } from '../src/features/ledger/audit/audit.service.ts'
import { markSealingLimit, sealHistory, sealThrough } from '../src/features/ledger/audit/seal.service.ts'
import { eventually } from './eventually.ts'
import type { TestApp } from './test-app.ts'

/** What the owner of the database can do to it behind the server's back. */
export const asOwner = async (app: TestApp, ...statements: string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: app.database.superuserUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Writes entries `<action>.0`, `<action>.1` …, each in a transaction of its own. */
export const writeEntries = async (app: TestApp, count: number, action = 'test.done'): Promise<void> => {
  for (let index = 0; index < count; index += 1)
    await inTransaction(app.parts.pool, (tx) =>
      writeAudit(tx, {
        actor: { kind: 'command', id: 'test' },
        action,
        objectKind: 'test',
        objectId: String(index),
        purpose: '测试',
        details: { index, 名: 'x' },
      }),
    )
}

/** Waits while other tests' transactions on the same server hold it up. */
const untilDone = (seal: () => Promise<number | undefined>): Promise<number> =>
  eventually(async () => {
    const sealed = await seal()
    if (sealed === undefined) throw new Error('Sealing is still held up.')
    return sealed
  })

/** Seals everything written so far, history first. @returns how many entries */
export const sealAll = async (app: TestApp): Promise<number> => {
  const before = await markSealingLimit(app.parts.pool)
  await untilDone(() => sealHistory(app.parts, before))
  const limit = await markSealingLimit(app.parts.pool)
  return untilDone(() => sealThrough(app.parts, limit))
}

/** Seals what the start itself left in history and empties the log: the numbers of a test begin with its own entries. */
export const beginChain = async (app: TestApp): Promise<void> => {
  await sealAll(app)
  await asOwner(
    app,
    'truncate audit_entries, audit_seals, audit_seal_leaves',
    'alter sequence audit_entries_audit_id_seq restart',
  )
  app.parts.keys.auditMemory().write(undefined)
}
