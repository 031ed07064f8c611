import { randomBytes } from 'node:crypto'
import type { CodeHolding } from '../../people/take-over/code-held.ts'
import { endNumericCodes, insertHeldCode, revokeCode } from './code.queries.ts'

/**
 * The live code stops for both phones of an identity: what is shown dies, and a code that nobody is given keeps the place of the
 * next one, so that none comes into force in between. The statement of every display reads that row in any case.
 */
export const codeHolding: CodeHolding = {
  hold: async (tx, personId, now) => {
    await revokeCode(tx, personId, 'live', 'objected', now)
    await insertHeldCode(tx, { codeId: randomBytes(10), personId, now })
    await endNumericCodes(tx, personId)
  },
  release: async (tx, personId, now) => {
    await revokeCode(tx, personId, 'live', 'replaced', now)
  },
}
