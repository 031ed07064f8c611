import type { Config } from '../config.ts'
import { createFacePort, type FacePort } from './face.ts'
import { createIdentityPort, type IdentityPort } from './identity.ts'
import { createProviderPolicies, type ProviderPolicies } from './policies.ts'
import { createProvincialPort, type ProvincialPort } from './provincial.ts'
import { createRiskAreaPort, type RiskAreaPort } from './risk-areas.ts'
import { createServiceCheckPort, type ServiceCheckPort } from './service-check.ts'
import { createSmsPort, type SmsPort } from './sms.ts'
import { createTravelCardPort, type TravelCardPort } from './travel-card.ts'

/** The outside world: one file beside this for each provider. */
export interface Ports {
  sms: SmsPort
  identity: IdentityPort
  face: FacePort
  provincial: ProvincialPort
  travelCard: TravelCardPort
  riskAreas: RiskAreaPort
  serviceCheck: ServiceCheckPort
}

/** Every provider over HTTP; the sandbox speaks the same. */
export const createHttpPorts = (
  { timeoutMs, ...providers }: Config['providers'],
  policies: ProviderPolicies = createProviderPolicies(),
  clock?: () => Date,
): Ports => ({
  sms: createSmsPort(policies, { ...providers.sms, timeoutMs }),
  identity: createIdentityPort(policies, { ...providers.identity, timeoutMs }),
  face: createFacePort(policies, { ...providers.face, timeoutMs }),
  provincial: createProvincialPort(policies, { ...providers.provincial, timeoutMs }, clock),
  travelCard: createTravelCardPort(policies, { ...providers.travelCard, timeoutMs }),
  riskAreas: createRiskAreaPort(policies, { ...providers.riskAreas, timeoutMs }),
  serviceCheck: createServiceCheckPort(timeoutMs),
})
