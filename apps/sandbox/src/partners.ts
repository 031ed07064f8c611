import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { PROVINCIAL_CARD_TYPES } from '@jiankangbao/contracts/provincial/card-types'
import { DOCUMENT_TYPES, type DocumentType } from '@jiankangbao/domain/written/document-types'
import type { FastifyInstance } from 'fastify'
import { Problem } from './problem.ts'

// The other direction: here the sandbox calls the server, as a laboratory and as the province do, with keys that the
// demonstration city made for it.

export interface PartnerOptions {
  /** Where the server answers. */
  serverUrl: string
  /** The file of the demonstration city (`demo.json`) with the partners' keys; read at each call, because it is made later. */
  demoFile: string
}

type Kind = 'laboratory' | 'province'

const colours = { green: '00', yellow: '01', red: '10' } as const
const documentType = { type: 'string', enum: DOCUMENT_TYPES, description: 'a document type' }
const shortText = { type: 'string', minLength: 1, maxLength: 64, description: 'a short text' }

const resultSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: {
    action: { type: 'string', enum: ['report', 'correct', 'withdraw'] },
    number: shortText,
    documentType,
    documentNumber: shortText,
    country: shortText,
    kind: { type: 'string', enum: ['single', 'pooled'] },
    result: { type: 'string', enum: ['negative', 'positive'] },
    sampledAt: shortText,
  },
}

const codeSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['documentNumber', 'colour'],
  properties: {
    documentType,
    documentNumber: shortText,
    colour: { type: 'string', enum: Object.keys(colours) },
  },
}

interface ResultBody {
  action: 'report' | 'correct' | 'withdraw'
  number?: string
  documentType?: string
  documentNumber?: string
  country?: string
  kind?: 'single' | 'pooled'
  result?: 'negative' | 'positive'
  sampledAt?: string
}

interface CodeBody {
  documentType?: DocumentType
  documentNumber: string
  colour: keyof typeof colours
}

const findKey = async ({ demoFile }: PartnerOptions, kind: Kind): Promise<string> => {
  const text = await readFile(demoFile, 'utf8').catch(() => '{}')
  const { partners = [] } = JSON.parse(text) as { partners?: { kind: Kind; key: string }[] }
  const key = partners.find((partner) => partner.kind === kind)?.key
  if (!key)
    throw new Problem(
      503,
      'NO_KEY',
      'the demonstration city made no key for this: start it anew with --reset',
    )
  return key
}

const push = async (options: PartnerOptions, kind: Kind, path: string, batch: object) => {
  const key = await findKey(options, kind)
  const answer = await fetch(`${options.serverUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(batch),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => {
    throw new Problem(502, 'SERVER_AWAY', 'the server does not answer')
  })
  return { status: answer.status, body: (await answer.json()) as object }
}

const toRow = ({ action, number = randomUUID(), ...body }: ResultBody) =>
  action === 'withdraw'
    ? { action, number }
    : {
        action,
        number,
        kind: body.kind ?? 'single',
        result: body.result ?? 'negative',
        sampledAt: body.sampledAt ?? new Date().toISOString(),
        persons: [
          {
            documentType: body.documentType ?? 'resident_id',
            documentNumber: body.documentNumber ?? '',
            ...(body.country === undefined ? {} : { country: body.country }),
          },
        ],
      }

/** `POST /partners/results` acts as a laboratory, `POST /partners/codes` as the province; what the server answers comes back. */
export function partnerRoutes(app: FastifyInstance, options: PartnerOptions): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  app.post<{ Body: ResultBody }>(
    '/partners/results',
    { schema: { body: resultSchema } },
    async ({ body }, reply) => {
      const row = toRow(body)
      const { status, body: answer } = await push(options, 'laboratory', '/api/v1/partner/test-results', {
        batchId: randomUUID(),
        results: [row],
      })
      return reply.code(status).send({ number: row.number, ...answer })
    },
  )
  app.post<{ Body: CodeBody }>(
    '/partners/codes',
    { schema: { body: codeSchema } },
    async ({ body }, reply) => {
      const code = {
        cardType: PROVINCIAL_CARD_TYPES[body.documentType ?? 'resident_id'],
        cardNo: body.documentNumber,
        codeColor: colours[body.colour],
        updateTime: Date.now(),
      }
      const { status, body: answer } = await push(options, 'province', '/api/v1/partner/provincial-codes', {
        batchId: randomUUID(),
        codes: [code],
      })
      return reply.code(status).send(answer)
    },
  )
}
