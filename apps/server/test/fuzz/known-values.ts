import { xuzhou } from '@jiankangbao/city/xuzhou/profile'
import { IMPORT_MAX_BYTES } from '@jiankangbao/contracts/import/limits'
import { makeResidentId } from '../factories.ts'
import { JPEG, PNG } from '../pictures.ts'
import type { Random } from './random.ts'
import type { KnownValues } from './schema-values.ts'

const MOST_OF_A_KIND = 40
const DAY_MS = 86_400_000
const LIST = Buffer.from('姓名,证件号码,类别,起算日期\n张三,320302199006150017,密接,2022-03-08\n')

const makePhone = (random: Random) => `+8613${String(random.below(1e9)).padStart(9, '0')}`
const instant = (shiftDays: number) => new Date(Date.now() + shiftDays * DAY_MS).toISOString()
const day = (shiftDays: number) => instant(shiftDays).slice(0, 10)

const sensible: Record<string, (random: Random) => unknown> = {
  requestId: (random) => random.uuid(),
  batchId: (random) => random.uuid(),
  name: () => '张小明',
  number: () => makeResidentId(),
  documentNumber: () => makeResidentId(),
  cardNo: () => makeResidentId(),
  cardType: () => '1',
  codeColor: (random) => random.pick(['00', '01', '10']),
  type: () => 'resident_id',
  documentType: () => 'resident_id',
  phone: makePhone,
  contactPhone: makePhone,
  responsiblePhone: makePhone,
  smsCode: () => '123456',
  totp: () => '123456',
  username: (random) => `fuzz-${random.below(1e6)}`,
  divisionCode: (random) => random.pick(['320302', '320303', '320300', '310101']),
  destinationCode: () => '320302',
  originCode: () => '310101',
  parent: () => '320000',
  category: (random) => random.pick(Object.keys(xuzhou.ruleset.categories)),
  kind: (random) => random.pick(['supermarket', 'entry_channel.railway_station', 'pharmacy']),
  document: () => structuredClone(xuzhou.ruleset),
  arrivalNumber: () => 'G1234',
  plannedArrivalAt: () => instant(1),
  scannedAt: () => instant(0),
  anchorAt: () => instant(-2),
  endedAt: () => instant(0),
  effectiveFrom: () => instant(1),
  sampledAt: () => instant(-1),
  reportedAt: () => instant(0),
  updateTime: () => Date.now() - 1000,
  until: () => instant(1),
  from: () => instant(-10),
  fromOn: () => day(-3),
  toOn: () => day(-2),
  on: () => day(0),
  arrivalOn: () => day(0),
  sampledOn: () => day(-1),
  enteredOn: () => day(-5),
  lastContactOn: () => day(-3),
  birthOn: () => '1990-06-15',
  country: () => 'DEU',
  consentVersion: () => '2022-03',
  creditCode: () => '91320300MA1MXXXX0X',
  fileBytes: (random) => random.pick([LIST.length, LIST.length, IMPORT_MAX_BYTES]),
  fileName: () => '名单.csv',
  part: (random) => random.pick(['0', '0', '1', '255', '999']),
  content: (random) => random.pick([LIST, JPEG, PNG]).toString('base64'),
  faceCheckId: (random) => random.uuid(),
}

/** Values by the name of the field: sensible ones, and whatever answers have named but for the `spared`. */
export const createKnownValues = (
  spared: ReadonlySet<string>,
): { known: KnownValues; learn(answer: unknown): void } => {
  const seen = new Map<string, unknown[]>()
  const learn = (answer: unknown, depth = 0): void => {
    if (depth > 6 || typeof answer !== 'object' || answer === null) return
    for (const [key, value] of Object.entries(answer)) {
      if (typeof value === 'object') learn(value, depth + 1)
      else if (
        typeof value === 'string' &&
        !spared.has(value) &&
        /Id$|Code$|^qrText$|Cursor$|^numericCode$|^refreshToken$|^version$/.test(key)
      ) {
        const name = key === 'nextCursor' ? 'cursor' : key
        const kept = seen.get(name) ?? []
        seen.set(name, [...kept, value].slice(-MOST_OF_A_KIND))
      }
    }
  }
  const aliases: Record<string, string> = {
    actorId: 'operatorId',
    contactPersonId: 'personId',
    objectId: 'personId',
    corrects: 'declarationId',
  }
  return {
    learn,
    known: (name, random) => {
      const kept = seen.get(name) ?? seen.get(aliases[name] ?? '')
      const usual = sensible[name]
      // Of another kind of thing: hidden ids all look alike.
      if (/Id$/.test(name) && random.chance(0.05)) return random.pick([...seen.values()].flat().concat('x'))
      if (kept && (!usual || random.chance(0.5))) return random.pick(kept)
      return usual?.(random)
    },
  }
}
