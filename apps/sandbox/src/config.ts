import { join } from 'node:path'
import { findCityProfile } from '@jiankangbao/city/cities'

export interface SandboxConfig {
  host: string
  port: number
  tokens: { sms?: string; identity?: string; face?: string; travelCard?: string; riskAreas?: string }
  provincial: { appId?: string; secret?: string }
  exchange: { appId?: string; secret?: string }
  partners: { serverUrl: string; demoFile: string }
  /** The city as phone operators write it. */
  cityName: string
}

/**
 * Reads SANDBOX_HOST (127.0.0.1), SANDBOX_PORT (8090; 0 takes a free one) and the tokens SMS_TOKEN,
 * IDENTITY_TOKEN, FACE_TOKEN, TRAVEL_CARD_TOKEN, RISK_AREAS_TOKEN and PROVINCIAL_APP_ID with PROVINCIAL_SECRET, EXCHANGE_APP_ID with EXCHANGE_SECRET;
 * for pushing to the server SERVER_URL (http://127.0.0.1:8080) and DATA_DIRECTORY, where the demonstration city's keys are,
 * and CITY. Empty means unset. Throws an Error a person understands when the port is no port.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): SandboxConfig {
  const portText = env.SANDBOX_PORT || '8090'
  const port = Number(portText)
  if (!/^\d{1,5}$/.test(portText) || port > 65_535) {
    throw new Error(`SANDBOX_PORT must be a number from 0 to 65535, not "${portText}"`)
  }
  const city = findCityProfile(env.CITY)
  if (!city) throw new Error(`CITY must name a city that comes with the program, not "${env.CITY}"`)
  return {
    host: env.SANDBOX_HOST || '127.0.0.1',
    port,
    tokens: {
      ...(env.SMS_TOKEN && { sms: env.SMS_TOKEN }),
      ...(env.IDENTITY_TOKEN && { identity: env.IDENTITY_TOKEN }),
      ...(env.FACE_TOKEN && { face: env.FACE_TOKEN }),
      ...(env.TRAVEL_CARD_TOKEN && { travelCard: env.TRAVEL_CARD_TOKEN }),
      ...(env.RISK_AREAS_TOKEN && { riskAreas: env.RISK_AREAS_TOKEN }),
    },
    provincial: {
      ...(env.PROVINCIAL_APP_ID && { appId: env.PROVINCIAL_APP_ID }),
      ...(env.PROVINCIAL_SECRET && { secret: env.PROVINCIAL_SECRET }),
    },
    exchange: {
      ...(env.EXCHANGE_APP_ID && { appId: env.EXCHANGE_APP_ID }),
      ...(env.EXCHANGE_SECRET && { secret: env.EXCHANGE_SECRET }),
    },
    partners: {
      serverUrl: env.SERVER_URL || 'http://127.0.0.1:8080',
      demoFile: join(env.DATA_DIRECTORY || '.', 'demo.json'),
    },
    cityName: city.fullName,
  }
}
