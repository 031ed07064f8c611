import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Behaviour,
  behaviourProperties,
  cutWhenDown,
  failOrWait,
  initialBehaviour,
} from '../behaviour.ts'
import type { MessageBox } from '../message-box.ts'
import { type Choice, createSteering, type Provider } from '../provider.ts'

/** What a cloud says to everything: `ok`, a wrong key, no money left, too many requests. */
type CloudAnswer = 'ok' | 'denied' | 'unpaid' | 'throttled' | 'refused'

interface CloudState extends Behaviour {
  answer: CloudAnswer
  identity: 'match' | 'mismatch' | 'unknown'
  face: 'pass' | 'fail' | 'unsure' | 'no_face'
}

const answers: readonly CloudAnswer[] = ['ok', 'denied', 'unpaid', 'throttled', 'refused']
const choices: readonly Choice[] = [
  { value: 'ok', label: { zh: '正常', en: 'takes it' } },
  { value: 'denied', label: { zh: '密钥无效', en: 'key not taken' } },
  { value: 'unpaid', label: { zh: '余额不足', en: 'out of money' } },
  { value: 'throttled', label: { zh: '请求过多', en: 'asked too often' } },
  { value: 'refused', label: { zh: '拒绝这一条', en: 'refuses this one' } },
]

const steeringSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...behaviourProperties,
    answer: { type: 'string', enum: answers },
    identity: { type: 'string', enum: ['match', 'mismatch', 'unknown'] },
    face: { type: 'string', enum: ['pass', 'fail', 'unsure', 'no_face'] },
  },
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const SKEW_MS = 15 * 60_000

const isSame = (given: string, expected: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(expected)))

const header = (request: FastifyRequest, name: string): string => String(request.headers[name] ?? '')

interface Asked {
  action: string
  fields: Record<string, unknown>
}

interface CloudParts {
  box: MessageBox
  now: () => Date
  stopping: AbortSignal
}

interface Cloud {
  name: 'aliyun' | 'tencent'
  title: { zh: string; en: string }
  endpoint: string
  /** Name of the cloud's code where the signature does not fit; undefined where it does. */
  refuses(request: FastifyRequest, raw: string): string | undefined
  read(request: FastifyRequest, raw: string): Asked
  fault(code: string): { status: number; body: object }
  codes: Record<Exclude<CloudAnswer, 'ok'>, string>
  actions: Record<string, (asked: Asked, state: CloudState, keep: Keep) => object>
}

type Keep = (id: string, phone: string, text: string) => void

const percent = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const aliyunBizCode = { match: '1', mismatch: '2', unknown: '3' }
const aliyunSubCode = { pass: '200', fail: '204', unsure: '206' }
const tencentResult = { match: '0', mismatch: '-1', unknown: '-5' }

/** Alibaba Cloud: RPC style, ACS3-HMAC-SHA256. */
const aliyun = (accessKeyId: string, secret: string): Cloud => {
  const nonces = new Set<string>()
  return {
    name: 'aliyun',
    title: { zh: '阿里云（短信、身份、人脸）', en: 'Alibaba Cloud (SMS, identity, face)' },
    endpoint: 'POST / (x-acs-action)',
    refuses: (request, raw) => {
      const [, id, names = '', given = ''] =
        /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
          header(request, 'authorization'),
        ) ?? []
      if (id !== accessKeyId) return 'InvalidAccessKeyId.NotFound'
      if (header(request, 'x-acs-content-sha256') !== sha256(raw)) return 'SignatureDoesNotMatch'
      const query = [...new URL(request.url, 'http://sandbox').searchParams]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `${percent(name)}=${percent(value)}`)
        .join('&')
      const headers = names.split(';').map((name) => `${name}:${header(request, name).trim()}\n`)
      const canonical = ['POST', '/', query, headers.join(''), names, sha256(raw)].join('\n')
      if (!isSame(given, hmac(secret, `ACS3-HMAC-SHA256\n${sha256(canonical)}`).toString('hex')))
        return 'SignatureDoesNotMatch'
      if (!(Math.abs(Date.now() - Date.parse(header(request, 'x-acs-date'))) < SKEW_MS))
        return 'InvalidTimeStamp.Expired'
      const nonce = header(request, 'x-acs-signature-nonce')
      if (nonces.has(nonce)) return 'SignatureNonceUsed'
      nonces.add(nonce)
      if (nonces.size > 100_000) nonces.clear()
      return undefined
    },
    read: (request, raw) => ({
      action: header(request, 'x-acs-action'),
      fields: Object.fromEntries([
        ...new URL(request.url, 'http://sandbox').searchParams,
        ...new URLSearchParams(raw),
      ]),
    }),
    fault: (code) => ({
      status: /^(InvalidAccessKeyId|Signature|InvalidTimeStamp|Throttling|InvalidAction)/.test(code)
        ? 400
        : 200,
      body: { Code: code, Message: code, RequestId: 'sandbox' },
    }),
    codes: {
      denied: 'isv.SMS_SIGNATURE_ILLEGAL',
      unpaid: 'isv.AMOUNT_NOT_ENOUGH',
      throttled: 'Throttling.User',
      refused: 'isv.BUSINESS_LIMIT_CONTROL',
    },
    actions: {
      SendSms: ({ fields }, _, keep) => {
        const phone = String(fields.PhoneNumbers)
        keep(
          String(fields.OutId),
          /^1\d{10}$/.test(phone) ? `+86${phone}` : `+${phone}`,
          `【${fields.SignName}】${fields.TemplateCode} ${fields.TemplateParam}`,
        )
        return {
          Code: 'OK',
          Message: 'OK',
          BizId: sha256(String(fields.OutId)).slice(0, 20),
          RequestId: 'sandbox',
        }
      },
      Id2MetaVerify: (_, { identity }) => ({
        Code: '200',
        Message: 'success',
        ResultObject: { BizCode: aliyunBizCode[identity] },
      }),
      ContrastFaceVerify: (_, { face }) =>
        face === 'no_face'
          ? { Code: '419', Message: '传入图片不可用' }
          : {
              Code: '200',
              Message: 'success',
              ResultObject: { Passed: face === 'pass' ? 'T' : 'F', SubCode: aliyunSubCode[face] },
            },
    },
  }
}

/** Tencent Cloud: interface 3.0, TC3-HMAC-SHA256. */
const tencent = (secretId: string, secret: string): Cloud => ({
  name: 'tencent',
  title: { zh: '腾讯云（短信、身份、人脸）', en: 'Tencent Cloud (SMS, identity, face)' },
  endpoint: 'POST / (x-tc-action)',
  refuses: (request, raw) => {
    const [, id, day = '', service = '', names = '', given = ''] =
      /^TC3-HMAC-SHA256 Credential=([^/]+)\/([\d-]{10})\/(\w+)\/tc3_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
        header(request, 'authorization'),
      ) ?? []
    if (id !== secretId) return 'AuthFailure.SecretIdNotFound'
    const timestamp = header(request, 'x-tc-timestamp')
    if (!(Math.abs(Date.now() - Number(timestamp) * 1000) < SKEW_MS)) return 'AuthFailure.SignatureExpire'
    const value = (name: string) =>
      name === 'x-tc-action' ? header(request, name).toLowerCase() : header(request, name)
    const headers = names.split(';').map((name) => `${name}:${value(name)}\n`)
    const canonical = ['POST', '/', '', headers.join(''), names, sha256(raw)].join('\n')
    const key = hmac(hmac(hmac(`TC3${secret}`, day), service), 'tc3_request')
    const text = ['TC3-HMAC-SHA256', timestamp, `${day}/${service}/tc3_request`, sha256(canonical)].join('\n')
    return isSame(given, hmac(key, text).toString('hex')) ? undefined : 'AuthFailure.SignatureFailure'
  },
  read: (request, raw) => ({ action: header(request, 'x-tc-action'), fields: JSON.parse(raw) }),
  fault: (code) => ({
    status: 200,
    body: { Response: { Error: { Code: code, Message: code }, RequestId: 'sandbox' } },
  }),
  codes: {
    denied: 'FailedOperation.SignatureIncorrectOrUnapproved',
    unpaid: 'FailedOperation.InsufficientBalanceInSmsPackage',
    throttled: 'RequestLimitExceeded',
    refused: 'LimitExceeded.PhoneNumberDailyLimit',
  },
  actions: {
    SendSms: ({ fields }, _, keep) => {
      const [phone] = fields.PhoneNumberSet as string[]
      keep(
        String(fields.SessionContext),
        String(phone),
        `【${fields.SignName}】${fields.TemplateId} ${JSON.stringify(fields.TemplateParamSet)}`,
      )
      const status = {
        SerialNo: '2640:1',
        PhoneNumber: phone,
        Fee: 1,
        SessionContext: fields.SessionContext,
        Code: 'Ok',
        Message: 'send success',
        IsoCode: 'CN',
      }
      return { Response: { SendStatusSet: [status], RequestId: 'sandbox' } }
    },
    IdCardVerification: (_, { identity }) => ({
      Response: { Result: tencentResult[identity], Description: '', RequestId: 'sandbox' },
    }),
    DetectLiveFaceAccurate: (_, { face }) =>
      face === 'no_face'
        ? {
            Response: {
              Error: { Code: 'InvalidParameterValue.NoFaceInPhoto', Message: '' },
              RequestId: 'sandbox',
            },
          }
        : { Response: { Score: face === 'unsure' ? 60 : 95, FaceModelVersion: '3.0', RequestId: 'sandbox' } },
    ImageRecognitionV2: (_, { face }) =>
      face === 'unsure'
        ? {
            Response: {
              Error: { Code: 'FailedOperation.IdPhotoPoorQuality', Message: '' },
              RequestId: 'sandbox',
            },
          }
        : { Response: { Sim: face === 'pass' ? 96.5 : 21.0, Result: 'Success', RequestId: 'sandbox' } },
  },
})

const createCloud = (cloud: Cloud, { box, now, stopping }: CloudParts): Provider & { answer: Answering } => {
  const steering = createSteering<CloudState>(
    { ...initialBehaviour, answer: 'ok', identity: 'match', face: 'pass' },
    steeringSchema,
    [{ kind: 'choice', field: 'answer', label: { zh: '一般结果', en: 'Answer for everyone' }, choices }],
  )
  let calls = 0
  const keep: Keep = (id, phone, text) => {
    // Nobody is idempotent here: each call is a text, as at the real cloud.
    box.keep(`${cloud.name}:${id}:${calls}`, {
      phone,
      text,
      code: /(?<!\d)\d{6}(?!\d)/.exec(text.slice(text.indexOf('】')))?.[0] ?? null,
      sentAt: now().toISOString(),
    })
  }
  const answer = (request: FastifyRequest, raw: string): { status: number; body: object } => {
    const refused = cloud.refuses(request, raw)
    if (refused) return cloud.fault(refused)
    const state = steering.current
    if (state.answer !== 'ok') return cloud.fault(cloud.codes[state.answer])
    const asked = cloud.read(request, raw)
    const act = cloud.actions[asked.action]
    if (!act) return cloud.fault('InvalidAction')
    calls += 1
    return { status: 200, body: act(asked, state, keep) }
  }
  return {
    name: cloud.name,
    title: cloud.title,
    purpose: {
      zh: '按云平台公开的接口应答：签名、错误码、收费条数都与之相同；短信显示在“手机短信”页。',
      en: 'Answers as the cloud documents it, with its signature and codes; texts are on the phone page.',
    },
    endpoint: cloud.endpoint,
    steering,
    activity: () => ({ calls }),
    routes: () => {},
    answer: {
      cut: cutWhenDown(() => steering.current),
      wait: failOrWait(() => steering.current, stopping),
      answer,
    },
  }
}

interface Answering {
  cut: ReturnType<typeof cutWhenDown>
  wait: ReturnType<typeof failOrWait>
  answer: (request: FastifyRequest, raw: string) => { status: number; body: object }
}

/** Both clouds answer at `POST /`, as they do on their own hosts; the header with the action says whom it is for. */
export function createCloudProviders(
  keys: { aliyun: [string, string]; tencent: [string, string] },
  parts: CloudParts,
): Provider[] {
  const clouds = {
    aliyun: createCloud(aliyun(...keys.aliyun), parts),
    tencent: createCloud(tencent(...keys.tencent), parts),
  }
  const cloudOf = (request: FastifyRequest) =>
    request.headers['x-tc-action'] === undefined ? clouds.aliyun : clouds.tencent
  const routes = (app: FastifyInstance): void => {
    app.register(async (scope) => {
      // The signature is over the bytes as they came.
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 12 * 1024 * 1024 }, (_, body, done) => {
        done(null, body)
      })
      scope.post('/', {
        bodyLimit: 12 * 1024 * 1024,
        onRequest: async function (request, reply) {
          await cloudOf(request).answer.cut.call(this, request, reply)
        },
        preHandler: async function (request, reply) {
          await cloudOf(request).answer.wait.call(this, request, reply)
        },
        handler: async (request, reply) => {
          const { status, body } = cloudOf(request).answer.answer(request, String(request.body ?? ''))
          return reply.status(status).send(body)
        },
      })
    })
  }
  return [{ ...clouds.aliyun, routes }, clouds.tencent]
}
