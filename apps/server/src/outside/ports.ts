import { createExchangePort, type ExchangePort } from './exchange.ts'
import { createFacePort, type FacePort } from './face.ts'
import { createIdentityPort, type IdentityPort } from './identity.ts'
import { createProviderPolicies, type ProviderPolicies } from './policies.ts'
import type { ProviderSettings } from './provider-settings.ts'
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
  /** None where the city has no exchange that can be asked. */
  exchange?: ExchangePort
}

/** Every provider over HTTP; the sandbox speaks the same. */
export const createHttpPorts = (
  providers: ProviderSettings,
  policies: ProviderPolicies = createProviderPolicies(),
  clock?: () => Date,
): Ports => {
  const { timeoutMs } = providers
  return {
    sms: createSmsPort(policies, providers),
    identity: createIdentityPort(policies, providers),
    face: createFacePort(policies, providers),
    provincial: createProvincialPort(policies, { ...providers.provincial, timeoutMs }, clock),
    travelCard: createTravelCardPort(policies, { ...providers.travelCard, timeoutMs }),
    riskAreas: createRiskAreaPort(policies, { ...providers.riskAreas, timeoutMs }),
    serviceCheck: createServiceCheckPort(timeoutMs),
    ...(providers.exchange
      ? { exchange: createExchangePort(policies, { ...providers.exchange, timeoutMs }) }
      : {}),
  }
}
