import { Writable } from 'node:stream'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { createLogger, makeRequestLogger, pathForLog } from './logging.ts'

const secrets = {
  name: '张三丰',
  phone: '+8619900001234',
  documentNumber: '320302199001011234',
  smsCode: '482913',
  password: 'correct horse battery',
  accessToken: 'eyJhbGciOi.access.token',
  refreshToken: 'refresh-token-value',
  qrText: 'https://host/p/AAAA',
  purpose: 'traffic check',
}

const logged = (write: (log: ReturnType<typeof createLogger>) => void): string => {
  let text = ''
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk)
      done()
    },
  })
  write(createLogger('trace', sink))
  return text
}

describe('the log', () => {
  it('redacts personal values at the top, one and two levels down', () => {
    const text = logged((log) => {
      log.info({ ...secrets }, 'top')
      log.info({ body: { ...secrets } }, 'one level')
      log.info({ request: { body: { ...secrets } } }, 'two levels')
    })
    expect(text.split('\n').filter(Boolean)).toHaveLength(3)
    for (const [key, value] of Object.entries(secrets)) expect(text, key).not.toContain(value)
  })

  it('keeps ids, and of a database error the code but not the row', () => {
    const error = Object.assign(new Error('duplicate key value violates unique constraint'), {
      code: '23505',
      constraint: 'accounts_phone_index_key',
      detail: 'Key (phone)=(+8619900001234) already exists.',
    })
    const text = logged((log) => log.error({ err: error, personId: '42' }, 'failed'))
    expect(text).toContain('23505')
    expect(text).toContain('"personId":"42"')
    expect(text).not.toContain('19900001234')
  })

  it('keeps nothing of what a database repeats in its message', () => {
    const error = new pg.DatabaseError(
      'invalid input syntax for type uuid: "张三丰 +8619900001234"',
      90,
      'error',
    )
    Object.assign(error, {
      severity: 'ERROR',
      code: '22P02',
      routine: 'string_to_uuid',
      where: "unnamed portal parameter $1 = '张三丰'",
    })
    const text = logged((log) => log.error({ err: error }, 'failed'))
    expect(text).toContain('22P02')
    expect(text).toContain('string_to_uuid')
    expect(text).toContain('logging.test.ts')
    for (const part of ['张三丰', '19900001234', 'invalid input']) expect(text).not.toContain(part)
  })

  it('makes a logger for a request that logs, with its id and redacted, and none for the others', () => {
    let made = 0
    const text = logged((log) => {
      const counting = Object.assign(Object.create(log), {
        child: (...given: Parameters<typeof log.child>) => {
          made += 1
          return log.child(...given)
        },
      }) as typeof log
      const factory = makeRequestLogger as (...given: unknown[]) => typeof log
      factory.call(undefined, counting, { reqId: 'quiet' }, {}, undefined)
      const speaking = factory.call(undefined, counting, { reqId: 'speaks' }, {}, undefined)
      expect(made).toBe(0)
      speaking.error({ ...secrets }, 'failed')
      speaking.warn({ code: 'BUSY' }, 'again')
      expect(made).toBe(1)
    })
    expect(text.match(/"reqId":"speaks"/g)).toHaveLength(2)
    expect(text).not.toContain('quiet')
    for (const [key, value] of Object.entries(secrets)) expect(text, key).not.toContain(value)
  })

  it('cuts codes and queries out of paths', () => {
    expect(pathForLog('/p/AQABsecret')).toBe('/p/[code]')
    expect(pathForLog('/k/AQABsecret?x=1')).toBe('/k/[code]')
    expect(pathForLog('/api/v1/operator/persons/42?purpose=because')).toBe('/api/v1/operator/persons/42')
    expect(pathForLog('/v/ABCDEFGHJK1234')).toBe('/v/ABCDEFGHJK1234')
  })
})
