import type { FastifyInstance } from 'fastify'
import { requireBearer } from '../bearer.ts'
import {
  type Behaviour,
  behaviourProperties,
  cutWhenDown,
  failOrWait,
  initialBehaviour,
} from '../behaviour.ts'
import { type Choice, createSteering, type Provider } from '../provider.ts'

type IdentityVerdict = 'match' | 'mismatch' | 'unknown' | 'unavailable'

export interface IdentityOptions {
  token: string
  stopping: AbortSignal
}

interface IdentityRequest {
  transactionId: string
  name: string
  documentType: string
  documentNumber: string
  birthOn?: string
}

interface IdentityState extends Behaviour {
  verdict: IdentityVerdict
  /** Document number → verdict; wins over `byName`. Upper and lower case are the same. */
  byDocument: Record<string, IdentityVerdict>
  /** Name → verdict; wins over `verdict`. */
  byName: Record<string, IdentityVerdict>
}

const verdicts: readonly IdentityVerdict[] = ['match', 'mismatch', 'unknown', 'unavailable']

const choices: readonly Choice[] = [
  { value: 'match', label: { zh: '一致', en: 'match' } },
  { value: 'mismatch', label: { zh: '不一致', en: 'mismatch' } },
  { value: 'unknown', label: { zh: '查无此人', en: 'unknown' } },
  { value: 'unavailable', label: { zh: '暂不可查', en: 'unavailable' } },
]

const requestSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['transactionId', 'name', 'documentType', 'documentNumber'],
  properties: {
    transactionId: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      description: 'a text of 1 to 100 characters',
    },
    name: { type: 'string', minLength: 1, maxLength: 100, description: 'a text of 1 to 100 characters' },
    documentType: {
      type: 'string',
      pattern: '^[A-Za-z0-9_-]{1,40}$',
      description: 'a type like resident_id',
    },
    documentNumber: {
      type: 'string',
      minLength: 1,
      maxLength: 40,
      description: 'a text of 1 to 40 characters',
    },
    birthOn: {
      type: 'string',
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
      description: 'a day like 1990-06-15',
    },
  },
}

const steeringSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...behaviourProperties,
    verdict: { type: 'string', enum: verdicts },
    byDocument: rulesSchema(40),
    byName: rulesSchema(100),
  },
}

/** Identity authority: says whether a name and a document number belong together. Looks nothing up, keeps nothing. */
export function createIdentityProvider({ token, stopping }: IdentityOptions): Provider {
  const steering = createSteering<IdentityState>(
    { ...initialBehaviour, verdict: 'match', byDocument: {}, byName: {} },
    steeringSchema,
    [
      { kind: 'choice', field: 'verdict', label: { zh: '一般结果', en: 'Answer for everyone' }, choices },
      {
        kind: 'rules',
        field: 'byDocument',
        label: { zh: '按证件号码', en: 'By document number' },
        keyLabel: { zh: '证件号码', en: 'Document number' },
        choices,
      },
      {
        kind: 'rules',
        field: 'byName',
        label: { zh: '按姓名', en: 'By name' },
        keyLabel: { zh: '姓名', en: 'Name' },
        choices,
      },
    ],
  )
  let calls = 0

  function routes(app: FastifyInstance): void {
    app.post<{ Body: IdentityRequest }>(
      '/identity/verifications',
      {
        schema: { body: requestSchema },
        onRequest: [cutWhenDown(() => steering.current), requireBearer(token)],
        preHandler: failOrWait(() => steering.current, stopping),
      },
      async ({ body }) => {
        calls += 1
        return { transactionId: body.transactionId, verdict: decide(steering.current, body) }
      },
    )
  }

  return {
    name: 'identity',
    title: { zh: '身份核验', en: 'Identity authority' },
    purpose: {
      zh: '核对姓名与证件号码是否一致；默认一律一致。',
      en: 'Says whether name and document number belong together; “match” unless steered.',
    },
    endpoint: 'POST /identity/verifications',
    steering,
    activity: () => ({ calls }),
    routes,
  }
}

function decide(state: IdentityState, { name, documentNumber }: IdentityRequest): IdentityVerdict {
  return findRule(state.byDocument, documentNumber) ?? findRule(state.byName, name) ?? state.verdict
}

function findRule(rules: Record<string, IdentityVerdict>, key: string): IdentityVerdict | undefined {
  const wanted = toComparable(key)
  return Object.entries(rules).find(([ruled]) => toComparable(ruled) === wanted)?.[1]
}

function toComparable(text: string): string {
  return text.normalize('NFC').trim().toUpperCase()
}

function rulesSchema(maxKeyLength: number): object {
  return {
    type: 'object',
    maxProperties: 1000,
    propertyNames: {
      minLength: 1,
      maxLength: maxKeyLength,
      description: `named by 1 to ${maxKeyLength} characters`,
    },
    additionalProperties: { type: 'string', enum: verdicts },
    description: 'an object of at most 1000 verdicts',
  }
}
