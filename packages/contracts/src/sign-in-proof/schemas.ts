import { PROPOSAL_ACTS, VERDICTS } from '@jiankangbao/domain/vocabulary/approval'
import {
  SIGN_IN_ANSWERS,
  SIGN_IN_PROOF_MEANS,
  SIGN_IN_PROOF_STATES,
} from '@jiankangbao/domain/vocabulary/people'
import { type Static, Type } from 'typebox'
import {
  Closed,
  CountryCode,
  DocumentNumber,
  DocumentType,
  Instant,
  Line,
  OneOf,
  RequestId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { NamedIdentity } from '../person/schemas.ts'
import type { operations } from './operations.ts'

export const about =
  'The second proof of a sign-in on a new device: by face, by a device of the account, or by an office'

/** As the phone that waits sees it: nothing in it depends on whom the number belongs to. */
export const SignInProof = Type.Object({
  state: OneOf(SIGN_IN_PROOF_STATES),
  /** To be read to an office or the hotline. */
  proofCode: Shown('40715522'),
  expiresAt: Instant,
  askedDevicesAt: Type.Optional(Instant),
})
export type SignInProof = Static<typeof SignInProof>

export const FaceProof = Closed({ ...NamedIdentity.properties, faceCheckId: Uuid })
export type FaceProof = Static<typeof FaceProof>

export const SignInRequest = Type.Object({
  proofId: Uuid,
  deviceName: Shown('示例手机'),
  signedInAt: Instant,
  askedAt: Instant,
  expiresAt: Instant,
})
export type SignInRequest = Static<typeof SignInRequest>

const Why = Line({ minLength: 2, maxLength: 500 })

/** The code that the new device shows, and the document in the hand of whoever holds it. */
export const SignInProofRequest = Closed({
  requestId: RequestId,
  proofCode: Line({ minLength: 8, maxLength: 20, examples: ['40715522'] }),
  documentType: DocumentType,
  documentNumber: DocumentNumber,
  /** ISO 3166-1 alpha-3, for passports. */
  country: Type.Optional(CountryCode),
  reason: Why,
})
export type SignInProofRequest = Static<typeof SignInProofRequest>

export const SignInProofEntry = Type.Object({
  proofId: Uuid,
  state: OneOf(SIGN_IN_PROOF_STATES),
  means: Type.Optional(OneOf(SIGN_IN_PROOF_MEANS)),
  nameMasked: Shown('张*'),
  deviceName: Shown('示例手机'),
  signedInAt: Instant,
  expiresAt: Instant,
  reason: Shown('本人持证件来电，已核对'),
  proposedBy: Shown('王示例'),
  proposedAt: Instant,
  /** What the caller may do with it. */
  allowed: Type.Array(OneOf(PROPOSAL_ACTS)),
})
export type SignInProofEntry = Static<typeof SignInProofEntry>

const ProofParams = Closed({ proofId: Uuid })

export const schemas = {
  getSignInProof: {
    summary: 'Says how the second proof of this sign-in stands',
    responses: { 200: SignInProof },
  },
  askOwnDevice: {
    summary: 'Asks the signed-in devices of the account, if there are any, whether this is their person',
    responses: { 202: SignInProof },
  },
  proveByFace: {
    summary: 'Proves this sign-in by a passed face check of the identity registered with the number',
    body: FaceProof,
    responses: { 200: SignInProof },
  },
  listSignInRequests: {
    summary: 'Lists sign-ins on new devices that ask this one',
    responses: { 200: Type.Object({ requests: Type.Array(SignInRequest) }) },
  },
  answerSignInRequest: {
    summary: 'Agrees to a sign-in on a new device, or refuses and ends it',
    params: ProofParams,
    body: Closed({ answer: OneOf(SIGN_IN_ANSWERS) }),
    responses: { 204: Type.Null() },
  },
  proveSignIn: {
    summary: 'An office proves a sign-in with the document seen; the hotline proposes it',
    body: SignInProofRequest,
    responses: { 201: SignInProofEntry },
  },
  listSignInProofs: {
    summary: 'Lists what the hotline proposed and nobody has decided',
    responses: { 200: Type.Object({ proofs: Type.Array(SignInProofEntry), serverTime: Instant }) },
  },
  decideSignInProof: {
    summary: 'Decides what the hotline proposed about a sign-in',
    params: ProofParams,
    body: Closed({ verdict: OneOf(VERDICTS), reason: Why }),
    responses: { 200: SignInProofEntry },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
