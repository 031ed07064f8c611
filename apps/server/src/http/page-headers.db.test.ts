import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../test/test-app.ts'

describe('what every page is told about itself', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await startTestApp()
  })
  afterAll(() => app.close())

  it.each(['/api/v1/colours', '/nowhere', '/openapi'])('%s', async (url) => {
    const { headers } = await app.http.inject({ method: 'GET', url })
    const policy = String(headers['content-security-policy']).split(';')
    // Own sockets by name: browsers before 2022 do not count them as the page's own.
    expect(policy).toContain("connect-src 'self' wss://jkb.example")
    expect(policy.join(';')).not.toMatch(/\bwss?:(?!\/\/jkb\.example)/)
    expect(policy).toContain("frame-ancestors 'none'")
    const permissions = String(headers['permissions-policy']).split(', ')
    expect(permissions).toEqual(
      expect.arrayContaining(['camera=(self)', 'geolocation=(self)', 'microphone=()', 'payment=()']),
    )
  })
})
