import type { Access } from '@jiankangbao/contracts/access'
import type { OperatorRole, PartnerKind } from '@jiankangbao/domain/vocabulary/people'

export interface CitizenCaller {
  kind: 'citizen'
  accountId: string
  sessionId: string
  /** Absent in a token made before registration: look it up then. */
  personId: string | undefined
  /** An SMS code alone on a new device: let through only where the operation says so. */
  unproved?: boolean
}

export interface OperatorCaller {
  kind: 'operator'
  operatorId: string
  username: string
  displayName: string
  organisation: string
  roles: OperatorRole[]
  /** Acts within this division and those below it. */
  divisionCode: string
}

/** A checkpoint device, bound to one point. */
export interface DeviceCaller {
  kind: 'device'
  deviceId: string
  pointId: string
  organisation: string
}

/** A partner system with a key of its own. */
export interface PartnerCaller {
  kind: 'partner'
  partnerId: string
  name: string
  partnerKind: PartnerKind
  pushesPerMinute: number
}

export interface PublicCaller {
  kind: 'public'
}

export type Caller = CitizenCaller | OperatorCaller | DeviceCaller | PartnerCaller | PublicCaller

/** The caller types that an access declaration lets through. */
export type CallerFor<A extends Access> = {
  public: PublicCaller
  citizen: CitizenCaller
  device: DeviceCaller | OperatorCaller
  operator: OperatorCaller
  device_or_operator: DeviceCaller | OperatorCaller
  partner: PartnerCaller
}[A['kind']]

export const hasRole = (caller: Pick<OperatorCaller, 'roles'>, ...roles: OperatorRole[]): boolean =>
  roles.some((role) => caller.roles.includes(role))
