import type { FastifyInstance } from 'fastify'
import { requireBearer } from '../bearer.ts'
import {
  type Behaviour,
  behaviourProperties,
  cutWhenDown,
  failOrWait,
  initialBehaviour,
} from '../behaviour.ts'
import type { MessageBox } from '../message-box.ts'
import { phonePage } from '../pages/phone.ts'
import { sendPage } from '../pages/send-page.ts'
import { parsePhoneNumber } from '../phone-number.ts'
import { Problem } from '../problem.ts'
import { createSteering, type Provider } from '../provider.ts'

export interface SmsOptions {
  token: string
  box: MessageBox
  now: () => Date
  stopping: AbortSignal
}

interface SmsRequest {
  messageId: string
  phone: string
  text: string
  code?: string
}

const requestSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['messageId', 'phone', 'text'],
  properties: {
    messageId: { type: 'string', minLength: 1, maxLength: 100, description: 'a text of 1 to 100 characters' },
    phone: {
      type: 'string',
      pattern: '^\\+[1-9][0-9]{6,14}$',
      description: 'an E.164 number like +8613800000001',
    },
    text: { type: 'string', minLength: 1, maxLength: 1000, description: 'a text of 1 to 1000 characters' },
    code: { type: 'string', pattern: '^[0-9]{6}$', description: 'six digits' },
  },
}

const listSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    phone: { type: 'string', maxLength: 40 },
    limit: {
      type: 'string',
      pattern: '^([1-9]|[1-9][0-9]|[1-4][0-9][0-9]|500)$',
      description: 'a number from 1 to 500',
    },
  },
}

const steeringSchema = { type: 'object', additionalProperties: false, properties: behaviourProperties }

/** SMS gateway: accepts messages with a bearer token, and shows them to whoever asks, since no real phone gets them. */
export function createSmsProvider({ token, box, now, stopping }: SmsOptions): Provider {
  const steering = createSteering<Behaviour>(initialBehaviour, steeringSchema, [])
  let calls = 0

  function accept({ messageId, phone, text, code }: SmsRequest): { accepted: true } {
    const held = box.keep(messageId, {
      phone,
      text,
      code: code ?? findCode(text),
      sentAt: now().toISOString(),
    })
    if (held.phone !== phone || held.text !== text) {
      throw new Problem(409, 'MESSAGE_ID_REUSED', 'this messageId was used for another message', [
        { field: 'messageId', reason: 'was used for another phone or text' },
      ])
    }
    calls += 1
    return { accepted: true }
  }

  function routes(app: FastifyInstance): void {
    app.post<{ Body: SmsRequest }>(
      '/sms/messages',
      {
        schema: { body: requestSchema },
        onRequest: [cutWhenDown(() => steering.current), requireBearer(token)],
        preHandler: failOrWait(() => steering.current, stopping),
      },
      async (request, reply) => reply.status(202).send(accept(request.body)),
    )

    app.get<{ Querystring: { phone?: string; limit?: string } }>(
      '/sms',
      { schema: { querystring: listSchema } },
      async (request, reply) => {
        reply.header('vary', 'accept').header('cache-control', 'no-store')
        if (request.headers.accept?.includes('text/html')) return sendPage(reply, phonePage())
        const phone = request.query.phone ? readPhone(request.query.phone) : undefined
        return box.list(Number(request.query.limit ?? 100), phone)
      },
    )
  }

  return {
    name: 'sms',
    title: { zh: '短信网关', en: 'SMS gateway' },
    purpose: {
      zh: '收下短信但不发出，全部显示在“手机短信”页。',
      en: 'Accepts messages, sends none, shows all of them on the phone page.',
    },
    endpoint: 'POST /sms/messages',
    steering,
    activity: () => ({ calls, held: box.size }),
    routes,
  }
}

function readPhone(text: string): string {
  const phone = parsePhoneNumber(text)
  if (phone) return phone
  const fields = [{ field: 'phone', reason: 'must be 11 digits or an E.164 number like +8613800000001' }]
  throw new Problem(400, 'VALIDATION_FAILED', 'query: phone is not a phone number', fields)
}

function findCode(text: string): string | null {
  return /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? null
}
