import { randomUUID } from 'node:crypto'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { requireBearer } from '../bearer.ts'
import {
  type Behaviour,
  behaviourProperties,
  cutWhenDown,
  failOrWait,
  initialBehaviour,
  waitFor,
} from '../behaviour.ts'
import { Problem } from '../problem.ts'
import { type Choice, createSteering, type Provider } from '../provider.ts'

type FaceVerdict = 'pass' | 'fail' | 'unsure' | 'no_face' | 'unavailable'
/** What one person's face is steered to: a verdict, or `pass` after `delayMs`. */
type FaceRule = FaceVerdict | 'slow'

export interface FaceOptions {
  token: string
  stopping: AbortSignal
}

interface FaceState extends Behaviour {
  verdict: FaceVerdict
  /** Document number → what happens; wins over `next` and `verdict`. Upper and lower case are the same. */
  byDocument: Record<string, FaceRule>
  /** Verdicts of the next calls, first one first; then `verdict` again. Calls that are refused use none up. */
  next: FaceVerdict[]
}

const imageMaxBytes = 8 * 1024 * 1024

const verdicts: readonly FaceVerdict[] = ['pass', 'fail', 'unsure', 'no_face', 'unavailable']

/** Likeness from 0 to 1 that goes with each verdict. Fixed, so that tests can rely on it. */
const scores: Readonly<Record<FaceVerdict, number>> = {
  pass: 0.97,
  fail: 0.31,
  unsure: 0.71,
  no_face: 0,
  unavailable: 0,
}

const choices: readonly Choice[] = [
  { value: 'pass', label: { zh: '通过', en: 'pass' } },
  { value: 'fail', label: { zh: '不通过', en: 'fail' } },
  { value: 'unsure', label: { zh: '不能确定', en: 'unsure' } },
  { value: 'no_face', label: { zh: '未见人脸', en: 'no face' } },
  { value: 'unavailable', label: { zh: '暂不可用', en: 'unavailable' } },
]

const steeringSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...behaviourProperties,
    verdict: { type: 'string', enum: verdicts },
    byDocument: {
      type: 'object',
      maxProperties: 1000,
      propertyNames: { minLength: 1, maxLength: 40, description: 'named by 1 to 40 characters' },
      additionalProperties: { type: 'string', enum: [...verdicts, 'slow'] },
      description: 'an object of at most 1000 verdicts',
    },
    next: {
      type: 'array',
      maxItems: 1000,
      items: { type: 'string', enum: verdicts },
      description: 'a list of at most 1000 verdicts',
    },
  },
}

/**
 * Face provider: multipart `image` (JPEG or PNG by its first bytes, at most 8 MiB), `subject`, and whose face it has to be:
 * `name`, `documentType`, `documentNumber` and, of passports, `country`. Says whether that very person stands there, alive.
 * The picture is never stored and never held whole: its bytes are counted while they pass by, and dropped.
 */
export function createFaceProvider({ token, stopping }: FaceOptions): Provider {
  const steering = createSteering<FaceState>(
    { ...initialBehaviour, verdict: 'pass', byDocument: {}, next: [] },
    steeringSchema,
    [
      { kind: 'choice', field: 'verdict', label: { zh: '一般结果', en: 'Answer for everyone' }, choices },
      {
        kind: 'rules',
        field: 'byDocument',
        label: { zh: '按证件号码', en: 'By document number' },
        keyLabel: { zh: '证件号码', en: 'Document number' },
        choices: [...choices, { value: 'slow', label: { zh: '很慢，然后通过', en: 'slow, then pass' } }],
      },
      {
        kind: 'queue',
        field: 'next',
        label: { zh: '接下来几次的结果（依次用完）', en: 'Answers of the next calls, used up in order' },
        choices,
      },
    ],
  )
  let calls = 0
  let imageBytes = 0

  async function takeVerdict(documentNumber: string): Promise<FaceVerdict> {
    const rule = findRule(steering.current.byDocument, documentNumber)
    if (rule === 'slow') {
      await waitFor(steering.current.delayMs, stopping)
      return 'pass'
    }
    if (rule !== undefined) return rule
    const [first, ...rest] = steering.current.next
    if (first === undefined) return steering.current.verdict
    steering.change({ next: rest })
    return first
  }

  function routes(app: FastifyInstance): void {
    app.post(
      '/face/verifications',
      {
        onRequest: [cutWhenDown(() => steering.current), requireBearer(token)],
        preHandler: failOrWait(() => steering.current, stopping),
      },
      async (request) => {
        const { bytes, documentNumber } = await readSubmission(request)
        calls += 1
        imageBytes += bytes
        const verdict = await takeVerdict(documentNumber)
        return { transactionId: randomUUID(), verdict, score: scores[verdict] }
      },
    )
  }

  return {
    name: 'face',
    title: { zh: '人脸核验', en: 'Face provider' },
    purpose: {
      zh: '默认一律通过。不保存照片：只数字节，边收边丢。',
      en: '“Pass” unless steered. Pictures are never stored: bytes are counted and dropped.',
    },
    endpoint: 'POST /face/verifications',
    steering,
    activity: () => ({ calls, imageBytes }),
    routes,
  }
}

function findRule(rules: Record<string, FaceRule>, documentNumber: string): FaceRule | undefined {
  const wanted = documentNumber.trim().toUpperCase()
  return Object.entries(rules).find(([ruled]) => ruled.trim().toUpperCase() === wanted)?.[1]
}

/** Longest of each field, in characters. Only the country may be left out. */
const fieldLengths = { subject: 200, name: 100, documentType: 40, documentNumber: 40, country: 3 } as const

/** Reads the whole body: the size of its image in bytes, and whose face it has to be. Throws a Problem naming the field at fault. */
async function readSubmission(request: FastifyRequest): Promise<{ bytes: number; documentNumber: string }> {
  if (!request.isMultipart()) {
    throw new Problem(
      415,
      'CONTENT_TYPE_NOT_SUPPORTED',
      'send multipart/form-data with image, subject, name, documentType and documentNumber',
    )
  }
  let image: { bytes: number; isPicture: boolean } | undefined
  const given: Record<string, string> = {}
  for await (const part of request.parts({
    limits: { fileSize: imageMaxBytes, files: 1, fields: 8, parts: 9 },
  })) {
    if (part.type === 'file') {
      const measured = await measureImage(part)
      if (part.fieldname !== 'image') throw unfit(part.fieldname, 'is not a known field')
      image = measured
    } else if (part.fieldname in fieldLengths) {
      given[part.fieldname] = String(part.value)
    } else {
      throw unfit(part.fieldname, 'is not a known field')
    }
  }
  if (!image) throw unfit('image', 'is required, as a file')
  if (!image.isPicture) throw unfit('image', 'must be a JPEG or PNG picture')
  for (const [field, longest] of Object.entries(fieldLengths)) {
    const { length } = given[field] ?? ''
    if (length > longest || (length < 1 && field !== 'country'))
      throw unfit(field, `must be a text of 1 to ${longest} characters`)
  }
  return { bytes: image.bytes, documentNumber: given.documentNumber ?? '' }
}

async function measureImage({ file }: MultipartFile): Promise<{ bytes: number; isPicture: boolean }> {
  let bytes = 0
  let head = Buffer.alloc(0)
  for await (const chunk of file as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (head.length < 8) head = Buffer.concat([head, chunk.subarray(0, 8 - head.length)])
  }
  if (file.truncated)
    throw new Problem(413, 'BODY_TOO_LARGE', `image may have at most ${imageMaxBytes} bytes`)
  return { bytes, isPicture: head.subarray(0, 3).equals(jpegStart) || head.equals(pngStart) }
}

const jpegStart = Buffer.from([0xff, 0xd8, 0xff])
const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function unfit(field: string, reason: string): Problem {
  return new Problem(400, 'VALIDATION_FAILED', `body: ${field} ${reason}`, [{ field, reason }])
}
