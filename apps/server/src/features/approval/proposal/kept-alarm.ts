import type { ProposalAlarm } from '@jiankangbao/contracts/proposal/schemas'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { openWorkplace } from '../../../keys/workplace.ts'

/** As `proposals.alarms` keeps it: where somebody works is kept encrypted, here as base64. */
export type KeptAlarm = ProposalAlarm & { nameEncrypted?: string; nameIndex?: string }

export const toAlarms = (encryption: Pick<FieldEncryption, 'show'>, kept: KeptAlarm[]): ProposalAlarm[] =>
  kept.map(({ nameEncrypted, nameIndex = '', ...alarm }) => {
    if (!nameEncrypted) return alarm
    const workplace = {
      index: Buffer.from(nameIndex, 'hex'),
      encrypted: Buffer.from(nameEncrypted, 'base64'),
    }
    return { ...alarm, name: openWorkplace(encryption, workplace) }
  })
