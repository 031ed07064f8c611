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
} from '../behaviour.ts'
import { Problem } from '../problem.ts'
import { type Choice, createSteering, type Provider } from '../provider.ts'

type FaceVerdict = 'pass' | 'fail' | 'no_face' | 'unavailable'

export interface FaceOptions {
  token: string
  stopping: AbortSignal
}

interface FaceState extends Behaviour {
  verdict: FaceVerdict
  /** Verdicts of the next calls, first one first; then `verdict` again. Calls that are refused use none up. */
  next: FaceVerdict[]
}

const imageMaxBytes = 8 * 1024 * 1024

const verdicts: readonly FaceVerdict[] = ['pass', 'fail', 'no_face', 'unavailable']

/** Likeness from 0 to 1 that goes with each verdict. Fixed, so that tests can rely on it. */
const scores: Readonly<Record<FaceVerdict, number>> = { pass: 0.97, fail: 0.31, no_face: 0, unavailable: 0 }

const choices: readonly Choice[] = [
  { value: 'pass', label: { zh: '通过', en: 'pass' } },
  { value: 'fail', label: { zh: '不通过', en: 'fail' } },
  { value: 'no_face', label: { zh: '未见人脸', en: 'no face' } },
  { value: 'unavailable', label: { zh: '暂不可用', en: 'unavailable' } },
]

const steeringSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...behaviourProperties,
    verdict: { type: 'string', enum: verdicts },
    next: {
      type: 'array',
      maxItems: 1000,
      items: { type: 'string', enum: verdicts },
      description: 'a list of at most 1000 verdicts',
    },
  },
}

/**
 * Face provider: multipart `image` (JPEG or PNG by its first bytes, at most 8 MiB) and `subject`.
 * The picture is never stored and never held whole: its bytes are counted while they pass by, and dropped.
 */
export function createFaceProvider({ token, stopping }: FaceOptions): Provider {
  const steering = createSteering<FaceState>(
    { ...initialBehaviour, verdict: 'pass', next: [] },
    steeringSchema,
    [
      { kind: 'choice', field: 'verdict', label: { zh: '一般结果', en: 'Answer for everyone' }, choices },
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

  function takeVerdict(): FaceVerdict {
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
        const bytes = await measureSubmission(request)
        calls += 1
        imageBytes += bytes
        const verdict = takeVerdict()
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

/** Reads the whole body and answers the size of its image in bytes; throws a Problem naming the field at fault. */
async function measureSubmission(request: FastifyRequest): Promise<number> {
  if (!request.isMultipart()) {
    throw new Problem(415, 'CONTENT_TYPE_NOT_SUPPORTED', 'send multipart/form-data with image and subject')
  }
  let image: { bytes: number; isPicture: boolean } | undefined
  let subject = ''
  for await (const part of request.parts({
    limits: { fileSize: imageMaxBytes, files: 1, fields: 4, parts: 5 },
  })) {
    if (part.type === 'file') {
      const measured = await measureImage(part)
      if (part.fieldname !== 'image') throw unfit(part.fieldname, 'is not a known field')
      image = measured
    } else if (part.fieldname === 'subject') {
      subject = String(part.value)
    } else {
      throw unfit(part.fieldname, 'is not a known field')
    }
  }
  if (!image) throw unfit('image', 'is required, as a file')
  if (!image.isPicture) throw unfit('image', 'must be a JPEG or PNG picture')
  if (subject.length < 1 || subject.length > 200)
    throw unfit('subject', 'must be a text of 1 to 200 characters')
  return image.bytes
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
