import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

describe('readConfig', () => {
  it('has defaults, and takes an empty variable for an unset one', () => {
    expect(readConfig({ SANDBOX_PORT: '', SMS_TOKEN: '' })).toEqual({
      host: '127.0.0.1',
      port: 8090,
      tokens: {},
      provincial: {},
      exchange: {},
      partners: { serverUrl: 'http://127.0.0.1:8080', demoFile: 'demo.json' },
      cityName: '江苏省徐州市',
    })
  })

  it('reads what is set', () => {
    const env = {
      SANDBOX_PORT: '0',
      SANDBOX_HOST: '::1',
      SMS_TOKEN: 'a',
      IDENTITY_TOKEN: 'b',
      FACE_TOKEN: 'c',
      PROVINCIAL_SECRET: 'd',
      EXCHANGE_APP_ID: 'e',
      SERVER_URL: 'http://127.0.0.1:1',
      DATA_DIRECTORY: '/data',
      CITY: 'linhe',
    }
    const tokens = { sms: 'a', identity: 'b', face: 'c' }
    expect(readConfig(env)).toEqual({
      host: '::1',
      port: 0,
      tokens,
      provincial: { secret: 'd' },
      exchange: { appId: 'e' },
      partners: { serverUrl: 'http://127.0.0.1:1', demoFile: '/data/demo.json' },
      cityName: expect.stringContaining('临禾'),
    })
  })

  it('refuses a city that does not come with the program, by name', () => {
    expect(() => readConfig({ CITY: 'nowhere' })).toThrow(/CITY.*nowhere/)
  })

  it.each(['http', '65536', '-1', '80.5', '1e3'])('refuses port %s by name', (port) => {
    expect(() => readConfig({ SANDBOX_PORT: port })).toThrow(/SANDBOX_PORT/)
  })
})
