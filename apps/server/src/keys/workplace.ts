import { toWorkplaceKey } from '@jiankangbao/domain/identity/workplace'
import type { FieldEncryption } from './field-encryption.ts'

/** The same wherever a workplace waits for its finding, so that it moves there as it is. */
const CONTEXT = 'findings.workplace'

/** How the name of a workplace is kept: a keyed hash by which people are counted, and the words for the one who decides. */
export interface SealedWorkplace {
  index: Buffer
  encrypted: Buffer
}

export const sealWorkplace = (
  encryption: Pick<FieldEncryption, 'blindIndex' | 'encrypt'>,
  workplace: string,
): SealedWorkplace => ({
  index: encryption.blindIndex('workplace', toWorkplaceKey(workplace)),
  encrypted: encryption.encrypt(workplace, CONTEXT),
})

export const openWorkplace = (
  encryption: Pick<FieldEncryption, 'decrypt'>,
  encrypted: SealedWorkplace['encrypted'],
): string => encryption.decrypt(encrypted, CONTEXT)
