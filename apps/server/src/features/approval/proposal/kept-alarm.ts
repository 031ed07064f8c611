import type { ProposalAlarm } from '@jiankangbao/contracts/proposal/schemas'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { openWorkplace } from '../../../keys/workplace.ts'

/** As `proposals.alarms` keeps it: where somebody works is kept encrypted, here as base64. */
export type KeptAlarm = ProposalAlarm & { nameEncrypted?: string }

export const toAlarms = (encryption: Pick<FieldEncryption, 'decrypt'>, kept: KeptAlarm[]): ProposalAlarm[] =>
  kept.map(({ nameEncrypted, ...alarm }) =>
    nameEncrypted
      ? { ...alarm, name: openWorkplace(encryption, Buffer.from(nameEncrypted, 'base64')) }
      : alarm,
  )
