import { randomUUID } from 'node:crypto'
import { addPartner } from '../src/features/inflow/partner/partner.service.ts'
import type { TestApp } from './test-app.ts'

export interface TestPartner {
  partnerId: string
  key: string
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared, not used
  push(url: string, payload: object): Promise<{ status: number; body: any }>
}

/** A partner system with its key. */
export const createPartner = async (
  app: TestApp,
  kind: 'province' | 'laboratory',
  name = `测试单位${randomUUID()}`,
): Promise<TestPartner> => {
  const { partnerId, key } = await addPartner(app.parts.pool, { name, kind, now: app.parts.clock() })
  return {
    partnerId,
    key,
    push: async (url, payload) => {
      const answer = await app.http.inject({
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${key}` },
        payload,
      })
      return { status: answer.statusCode, body: answer.json() }
    },
  }
}
