import { createHash, randomInt } from 'node:crypto'
import { decodeCrockford, encodeCrockford } from '@jiankangbao/domain/codes/base32'

/** 125 bits, in groups of five that can be read out and typed. */
const LENGTH = 25

/** A code to be shown once: `XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`. */
export const makeActivationCode = (): string => {
  const text = encodeCrockford(Array.from({ length: LENGTH }, () => randomInt(32)))
  return (text.match(/.{5}/g) ?? []).join('-')
}

/** What is kept of a code, however it was typed; undefined where it can be none. */
export const hashActivationCode = (typed: string): Buffer | undefined => {
  const values = decodeCrockford(typed.normalize('NFKC').replaceAll(/[\s\u2010-\u2015-]/g, ''))
  if (values?.length !== LENGTH) return undefined
  return createHash('sha256')
    .update(`jkb-activation/1\u0000${encodeCrockford(values)}`)
    .digest()
}
