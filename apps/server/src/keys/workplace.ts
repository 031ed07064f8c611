import { toWorkplaceKey } from '@jiankangbao/domain/identity/workplace'
import { inRow } from '../keys/encrypted-fields.ts'
import type { FieldEncryption } from './field-encryption.ts'

/** How the name of a workplace is kept: a keyed hash by which people are counted, and the words for the one who decides. */
export interface SealedWorkplace {
  index: Buffer
  encrypted: Buffer
}

export const sealWorkplace = (
  encryption: Pick<FieldEncryption, 'blindIndex' | 'encrypt'>,
  workplace: string,
): SealedWorkplace => {
  const index = encryption.blindIndex('workplace', toWorkplaceKey(workplace))
  return { index, encrypted: encryption.encrypt(workplace, inRow('findings.workplace', index)) }
}

/** The words belong to their hash, wherever they wait: both move on to the finding as they are. */
export const openWorkplace = (
  encryption: Pick<FieldEncryption, 'show'>,
  { index, encrypted }: SealedWorkplace,
): string => encryption.show(encrypted, inRow('findings.workplace', index))
