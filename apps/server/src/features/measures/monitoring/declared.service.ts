import { addsSymptom } from '@jiankangbao/domain/declaration/symptoms'
import type { Transaction } from '../../../db/pool.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { noteDeclared } from './act.queries.ts'

/** What somebody looked after declares of their health ticks them off for the day; nothing happens for anybody else. */
export const tickDeclared = (
  tx: Transaction,
  encryption: FieldEncryption,
  personId: string,
  health: { symptoms: readonly string[]; temperatureTenths?: number | undefined },
  at: Date,
): Promise<void> =>
  noteDeclared(tx, {
    personId,
    at,
    ill: addsSymptom(health),
    temperatureEncrypted:
      health.temperatureTenths === undefined
        ? undefined
        : (followUpId) =>
            encryption.encrypt(String(health.temperatureTenths), inRow('follow_ups.temperature', followUpId)),
  })
