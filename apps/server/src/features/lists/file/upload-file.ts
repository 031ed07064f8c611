import { createHash } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from '../../../db/pool.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { listParts, readPart } from '../store/import.queries.ts'

/**
 * Puts the uploaded parts together in a file that only this process may read, for as long as `work` takes: workbooks are
 * read from their end.
 */
export const withUploadedFile = async <T>(
  { pool, encryption }: { pool: Pool; encryption: Pick<FieldEncryption, 'decrypt'> },
  importId: string,
  work: (file: { path: string; sha256: Buffer; lines: number }) => Promise<T>,
): Promise<T> => {
  const directory = await mkdtemp(join(tmpdir(), 'jkb-import-'))
  try {
    const path = join(directory, 'file')
    const file = await open(path, 'wx', 0o600)
    const hash = createHash('sha256')
    let lines = 0
    try {
      for (const part of await listParts(pool, importId)) {
        const encrypted = await readPart(pool, importId, part)
        if (!encrypted) throw new Error('a part of the file is gone')
        const bytes = Buffer.from(
          encryption.decrypt(encrypted, inRow('import_parts.content', importId, part)),
          'base64',
        )
        hash.update(bytes)
        for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1
        await file.write(bytes)
      }
    } finally {
      await file.close()
    }
    return await work({ path, sha256: hash.digest(), lines })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
