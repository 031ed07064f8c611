import { CALLED_STATES, ROSTER_KINDS } from '@jiankangbao/domain/testing/round'
import {
  MOVE_REASONS,
  MOVE_STATES,
  SAMPLE_OUTCOMES,
  TUBE_STATES,
  UNDO_REASONS,
} from '@jiankangbao/domain/testing/sampling'
import { TUBE_KINDS } from '@jiankangbao/domain/testing/tube-barcode'
import { type Static, Type } from 'typebox'
import {
  Closed,
  CountryCode,
  DocumentNumber,
  DocumentType,
  Id,
  Instant,
  IntegerId,
  Line,
  Lines,
  OneOf,
  Phone,
  RequestId,
  RosterId,
  Shown,
  Uuid,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Sampling at testing sites: shifts, tubes, samples and boxes'

/** As a scanner reads or a hand types it. */
export const ScannedBarcode = Line({ minLength: 1, maxLength: 100, examples: ['100000000017'] })

/**
 * When something was done and when it is sent, both by the clock of the phone: the time between them counts back from the
 * server’s now, however wrong that clock is. Neither means now.
 */
const SENT = { sentAt: Type.Optional(Instant) }

export const Tube = Type.Object({
  barcode: Shown('100000000017'),
  kind: OneOf(TUBE_KINDS),
  capacity: Type.Integer(),
  state: OneOf(TUBE_STATES),
  /** People in it. */
  taken: Type.Integer(),
  openedAt: Instant,
})
export type Tube = Static<typeof Tube>

const SamplingSite = Type.Object({
  siteId: IntegerId,
  name: Shown('示例广场采样点'),
  divisionName: Shown('示例区'),
})

export const SamplingShift = Type.Object({
  shiftId: Id,
  site: SamplingSite,
  startedAt: Instant,
  endedAt: Type.Optional(Instant),
  /** Of this shift, the latest first, at most fifty. */
  tubes: Type.Array(Tube),
  sampled: Type.Integer(),
})
export type SamplingShift = Static<typeof SamplingShift>

/** One of `qrText` and `document`; a `phone` writes somebody down who is not registered. */
export const SampleRequest = Closed(
  {
    requestId: RequestId,
    barcode: ScannedBarcode,
    qrText: Type.Optional(Lines({ minLength: 1, maxLength: 600 })),
    document: Type.Optional(
      Closed({ type: DocumentType, number: DocumentNumber, country: Type.Optional(CountryCode) }),
    ),
    phone: Type.Optional(Phone),
    /** Of `others`: this one is swabbed, by the card or code of whoever looks after them. */
    forMemberId: Type.Optional(Uuid),
    sampledAt: Type.Optional(Instant),
    ...SENT,
  },
  {
    examples: [
      {
        requestId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
        barcode: '100000000017',
        document: { type: 'resident_id', number: '11010119900307001X' },
      },
    ],
  },
)
export type SampleRequest = Static<typeof SampleRequest>

export const SampleResult = Type.Object({
  /** `taken`: this person is in the tube. Any other word: nobody was added. */
  outcome: OneOf(SAMPLE_OUTCOMES),
  nameMasked: Type.Optional(Shown('张*')),
  /** Place in the tube. */
  nth: Type.Optional(Type.Integer()),
  capacity: Type.Optional(Type.Integer()),
  sampledAt: Type.Optional(Instant),
  /** Whom the person who was swabbed already looks after: which of them is it? */
  others: Type.Optional(Type.Array(Type.Object({ memberId: Uuid, nameMasked: Shown('张*') }))),
})
export type SampleResult = Static<typeof SampleResult>

export const Box = Type.Object({
  barcode: Shown('900000000012'),
  tubes: Type.Integer(),
  openedAt: Instant,
  handedOverAt: Type.Optional(Instant),
  receivedAt: Type.Optional(Instant),
  carrier: Type.Optional(Shown('运送一组')),
  laboratory: Type.Optional(Shown('示例检验所')),
})
export type Box = Static<typeof Box>

export const TubeMove = Type.Object({
  moveId: Id,
  barcode: Shown('100000000017'),
  toBarcode: Shown('100000000025'),
  reason: OneOf(MOVE_REASONS),
  state: OneOf(MOVE_STATES),
  proposedBy: Shown('张三'),
  proposedAt: Instant,
  /** The caller proposed it: somebody else confirms. */
  own: Type.Boolean(),
})
export type TubeMove = Static<typeof TubeMove>

const RosterParams = Closed({ rosterId: RosterId })

const called = { place: Type.Integer(), state: OneOf(CALLED_STATES) }
export const CalledPerson = Type.Object({ ...called, nameMasked: Shown('张*') })
export type CalledPerson = Static<typeof CalledPerson>

export const SamplingRoster = Type.Object({
  rosterId: RosterId,
  divisionName: Shown('示例社区'),
  kind: OneOf(ROSTER_KINDS),
  name: Shown('3 号楼'),
  people: Type.Integer(),
})
export type SamplingRoster = Static<typeof SamplingRoster>

const PeopleInHand = Type.Integer({ minimum: 1, maximum: 20, description: 'as counted in the hand' })

const Count = Type.Integer({ minimum: 1, maximum: 500, description: 'as counted in the hand' })

export const schemas = {
  listSamplingSites: {
    summary: 'Lists the sites at which the caller may sample, and the laboratories that boxes go to',
    responses: {
      200: Type.Object({
        sites: Type.Array(SamplingSite),
        laboratories: Type.Array(Type.Object({ partnerId: Id, name: Shown('示例检验所') })),
      }),
    },
  },
  getSamplingShift: {
    summary: 'Tells the caller’s open shift',
    responses: { 200: Type.Object({ shift: Type.Optional(SamplingShift) }) },
  },
  startSamplingShift: {
    summary: 'Starts a shift at a site; the one before ends',
    body: Closed({ requestId: RequestId, siteId: IntegerId }),
    responses: { 201: SamplingShift },
  },
  endSamplingShift: {
    summary: 'Ends a shift, once all its tubes are sealed',
    params: Closed({ shiftId: Id }),
    body: Closed({}),
    responses: { 200: SamplingShift },
  },
  openTube: {
    summary: 'Begins a tube by its printed code',
    body: Closed({
      requestId: RequestId,
      shiftId: Id,
      barcode: ScannedBarcode,
      openedAt: Type.Optional(Instant),
      ...SENT,
    }),
    responses: { 201: Tube },
  },
  recordSample: {
    summary: 'Puts one person into an open tube, by live code, paper code or document',
    body: SampleRequest,
    responses: { 200: SampleResult },
  },
  undoSample: {
    summary: 'Takes one sample out of a tube that is not sealed',
    body: Closed({
      requestId: RequestId,
      barcode: ScannedBarcode,
      /** The request that put it in. */
      sampleRequestId: RequestId,
      reason: OneOf(UNDO_REASONS),
    }),
    responses: { 200: Tube },
  },
  sealTube: {
    summary: 'Seals a tube with the number of people counted in the hand',
    body: Closed({
      requestId: RequestId,
      barcode: ScannedBarcode,
      count: Type.Integer({ minimum: 1, maximum: 20 }),
      sealedAt: Type.Optional(Instant),
      ...SENT,
    }),
    responses: { 200: Tube },
  },
  listTubeMoves: {
    summary: 'Lists moves of tubes of the caller’s site that wait for a second person',
    responses: { 200: Type.Object({ moves: Type.Array(TubeMove) }) },
  },
  proposeTubeMove: {
    summary: 'Proposes to move everybody of a broken or mislabelled tube into another',
    body: Closed({
      requestId: RequestId,
      barcode: ScannedBarcode,
      toBarcode: ScannedBarcode,
      reason: OneOf(MOVE_REASONS),
      count: PeopleInHand,
    }),
    responses: { 201: TubeMove },
  },
  decideTubeMove: {
    summary: 'Confirms a move with a count of one’s own, as a second person, or refuses it',
    params: Closed({ moveId: Id }),
    body: Closed({
      verdict: OneOf(['confirmed', 'refused'] as const),
      /** For confirming. */
      count: Type.Optional(PeopleInHand),
    }),
    responses: { 200: TubeMove },
  },
  listSamplingRosters: {
    summary: 'Lists rosters of the division of the caller’s site that can be called at a table',
    responses: { 200: Type.Object({ rosters: Type.Array(SamplingRoster) }) },
  },
  openSamplingRoster: {
    summary: 'Opens a roster for calling, in its order, names masked; each person is looked up',
    params: RosterParams,
    body: Closed({}),
    responses: { 200: Type.Object({ people: Type.Array(CalledPerson) }) },
  },
  listCalledStates: {
    summary: 'Tells who of a roster has been swabbed today and who was absent, by place alone',
    params: RosterParams,
    responses: { 200: Type.Object({ people: Type.Array(Type.Object(called)) }) },
  },
  markAbsent: {
    summary: 'Marks somebody who was called as absent today, or takes it back',
    params: Closed({ rosterId: RosterId, place: Type.Integer({ minimum: 1, maximum: 5000 }) }),
    body: Closed({ absent: Type.Boolean() }),
    responses: { 204: Type.Null() },
  },
  packTube: {
    summary: 'Puts a sealed tube into a box, which the first one opens',
    body: Closed({ requestId: RequestId, boxBarcode: ScannedBarcode, barcode: ScannedBarcode }),
    responses: { 200: Box },
  },
  handOverBox: {
    summary: 'Hands a box to a carrier for a laboratory, with the number of tubes counted',
    body: Closed({
      requestId: RequestId,
      boxBarcode: ScannedBarcode,
      count: Count,
      carrier: Line({ minLength: 1, maxLength: 100, examples: ['运送一组'] }),
      partnerId: Id,
    }),
    responses: { 200: Box },
  },
  listBoxes: {
    summary: 'Lists boxes of the caller’s site of the last two days',
    responses: { 200: Type.Object({ boxes: Type.Array(Box) }) },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
