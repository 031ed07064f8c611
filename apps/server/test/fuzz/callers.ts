import { type Access, isForOperators } from '@jiankangbao/contracts/access'
import { OPERATOR_ROLES } from '@jiankangbao/domain/vocabulary/people'
import { hashPassword } from '../../src/features/people/operator/credentials.ts'
import { createDivisions, createVenue, registerCitizen, signInCitizen, signInUnproved } from '../factories.ts'
import { createOperator } from '../operators.ts'
import { createPartner } from '../partners.ts'
import type { TestApp } from '../test-app.ts'
import type { Random } from './random.ts'

export const callerKinds = [
  'nobody',
  'citizen',
  'newcomer',
  'unproved',
  'device',
  'province',
  'laboratory',
  ...OPERATOR_ROLES.map((role) => `operator:${role}` as const),
] as const
export type CallerKind = (typeof callerKinds)[number]
type Headers = Record<string, string>

/** Whether an operation lets this kind of caller in. */
export const isAllowed = (access: Access, kind: CallerKind): boolean => {
  if (access.kind === 'public') return true
  if (access.kind === 'citizen')
    return kind === 'citizen' || kind === 'newcomer' || (kind === 'unproved' && access.unproved === true)
  if (access.kind === 'partner') return kind === access.partner
  if (kind === 'device') return access.kind !== 'operator'
  if (!isForOperators(access)) return false
  return (
    kind.startsWith('operator:') &&
    (access.roles ?? OPERATOR_ROLES).some((role) => kind === `operator:${role}`)
  )
}

const passwordHash = hashPassword('a password that nobody guesses')

const enrolDevice = async (app: TestApp): Promise<Headers> => {
  const operator = await createOperator(app, { roles: ['hq'] })
  const { pointId } = await createVenue(app)
  const { status, body } = await operator.call('POST', '/api/v1/devices', {
    pointId: String(pointId),
    name: '闸机',
  })
  if (status !== 201) throw new Error(`no device: ${status} ${JSON.stringify(body)}`)
  return { authorization: `Bearer ${body.deviceToken}` }
}

const make = async (app: TestApp, kind: CallerKind): Promise<Headers> => {
  if (kind === 'nobody') return {}
  if (kind === 'citizen') return (await registerCitizen(app)).headers
  if (kind === 'newcomer') return (await signInCitizen(app)).headers
  if (kind === 'unproved') return (await signInUnproved(app, await registerCitizen(app))).headers
  if (kind === 'device') return enrolDevice(app)
  if (kind === 'province' || kind === 'laboratory')
    return { authorization: `Bearer ${(await createPartner(app, kind)).key}` }
  const role = kind.slice('operator:'.length)
  const operator = await createOperator(app, {
    roles: [role],
    divisionCode: role === 'office' ? '320302' : '320300',
  })
  await app.parts.pool.query(`update operators set password_hash = $2::text where operator_id = $1::bigint`, [
    operator.operatorId,
    await passwordHash,
  ])
  return operator.headers
}

export interface Callers {
  headersOf(kind: CallerKind): Headers
  /** What a caller did ended their own session: they come back under a name of their own. */
  renew(kind: CallerKind): Promise<void>
  /** One who may call it, mostly. */
  choose(access: Access, random: Random): CallerKind
}

export const createCallers = async (app: TestApp): Promise<Callers> => {
  await createDivisions(app)
  const headers = new Map<CallerKind, Headers>()
  for (const kind of callerKinds) headers.set(kind, await make(app, kind))
  const renewing = new Map<CallerKind, Promise<void>>()
  return {
    headersOf: (kind) => headers.get(kind) ?? {},
    renew: async (kind) => {
      const running =
        renewing.get(kind) ??
        make(app, kind).then((made) => {
          headers.set(kind, made)
          renewing.delete(kind)
        })
      renewing.set(kind, running)
      await running
    },
    choose: (access, random) => {
      const allowed = callerKinds.filter((kind) => isAllowed(access, kind))
      return allowed.length > 0 && random.chance(0.85) ? random.pick(allowed) : random.pick(callerKinds)
    },
  }
}
