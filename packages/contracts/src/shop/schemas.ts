import { SHOP_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { SHOP_OFFER_KINDS, SHOP_ROLES } from '@jiankangbao/domain/vocabulary/doors'
import { type Static, Type } from 'typebox'
import { Closed, Instant, IntegerId, OneOf, Phone, RequestId, Shown, Uuid } from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import {
  CodeToReplace,
  OfferParams,
  Point,
  PointParams,
  PointToAdd,
  Reason,
  VenueAlarm,
  VenueApplication,
  VenueChange,
  VenueFigures,
  VenueKind,
  VenueOffer,
  VenueParams,
  VenueState,
} from '../venue/schemas.ts'
import type { operations } from './operations.ts'

export const about = 'Shops that citizens apply for and run from their phones'

/** One's own shop, or one that one helps in, as the list shows it. */
export const ShopEntry = Type.Object({
  venueId: IntegerId,
  role: OneOf(SHOP_ROLES),
  name: Shown('示例小店'),
  kind: VenueKind,
  address: Shown('示例路 1 号'),
  state: VenueState,
  stateReason: Type.Optional(Shown('资料不全')),
  /** A change of what the register says waits for the office. */
  changeWaits: Type.Boolean(),
  /** Scans of today, and how many of them were turned away. */
  today: Type.Object({ visits: Type.Integer(), deny: Type.Integer() }),
})
export type ShopEntry = Static<typeof ShopEntry>

/** Offered to the telephone number of the caller. */
export const ReceivedOffer = Type.Object({
  offerId: Uuid,
  kind: OneOf(SHOP_OFFER_KINDS),
  name: Shown('示例小店'),
  address: Shown('示例路 1 号'),
  /** Masked name of the owner, or the office that offers. */
  by: Shown('王*'),
  expiresAt: Instant,
})

export const ShopHelper = Type.Object({
  staffId: Uuid,
  nameMasked: Shown('李*'),
  since: Instant,
  /** The caller. */
  self: Type.Boolean(),
})
export type ShopHelper = Static<typeof ShopHelper>

export const Shop = Type.Object({
  venueId: IntegerId,
  role: OneOf(SHOP_ROLES),
  name: Shown('示例小店'),
  kind: VenueKind,
  divisionName: Shown('示例区'),
  address: Shown('示例路 1 号'),
  creditCodeMasked: Type.Optional(Shown('91****000X')),
  responsibleNameMasked: Shown('李*'),
  responsiblePhoneMasked: Shown('138****0001'),
  state: VenueState,
  stateReason: Type.Optional(Shown('资料不全')),
  changeWaits: Type.Boolean(),
  appliedAt: Instant,
  points: Type.Array(Point),
  figures: VenueFigures,
  /** Of today and yesterday, newest first. */
  alarms: Type.Array(VenueAlarm),
  staff: Type.Array(ShopHelper),
  /** For the owner alone. */
  offers: Type.Array(VenueOffer),
})
export type Shop = Static<typeof Shop>

/** What a shop may be: a station or a school asks at an office. */
const ShopKind = OneOf(SHOP_KINDS)
const ShopApplication = Closed({ ...VenueApplication.properties, kind: ShopKind })
const ShopChange = Closed({ ...VenueChange.properties, kind: Type.Optional(ShopKind) })

export const schemas = {
  listMyShops: {
    summary: 'Lists the shops that the caller runs or helps in, and what is offered to their number',
    responses: { 200: Type.Object({ shops: Type.Array(ShopEntry), offers: Type.Array(ReceivedOffer) }) },
  },
  applyShop: {
    summary: 'Applies for the codes of a shop of one’s own',
    body: ShopApplication,
    responses: { 201: Shop },
  },
  getMyShop: {
    summary: 'Gives a shop of one’s own, or that one helps in, with codes, figures, alarms and people',
    params: VenueParams,
    responses: { 200: Shop },
  },
  changeMyShop: {
    summary: 'Asks for a change of a shop; before approval it changes at once',
    params: VenueParams,
    body: ShopChange,
    responses: { 200: Shop },
  },
  closeMyShop: {
    summary: 'Closes a shop for good, or takes its application back',
    params: VenueParams,
    body: Reason,
    responses: { 200: Shop },
  },
  addShopPoint: {
    summary: 'Adds a door to a shop',
    params: VenueParams,
    body: PointToAdd,
    responses: { 201: Point },
  },
  rotateShopCode: {
    summary: 'Replaces the posted code of a shop’s door; the old one ends',
    params: PointParams,
    body: CodeToReplace,
    responses: { 200: Point },
  },
  closeShopPoint: {
    summary: 'Closes a door of a shop for good',
    params: PointParams,
    body: Reason,
    responses: { 200: Point },
  },
  offerShop: {
    summary: 'Offers a shop, or help in it, to a number; the answer does not say whether it is anybody’s',
    params: VenueParams,
    body: Closed({ requestId: RequestId, kind: OneOf(SHOP_OFFER_KINDS), phone: Phone }),
    responses: { 201: VenueOffer },
  },
  withdrawShopOffer: {
    summary: 'Takes an offer of a shop back that nobody answered',
    params: OfferParams,
    responses: { 204: Type.Null() },
  },
  answerShopOffer: {
    summary: 'Takes a shop over, agrees to help in it, or declines',
    params: Closed({ offerId: Uuid }),
    body: Closed({ answer: OneOf(['accept', 'decline']) }),
    responses: { 204: Type.Null() },
  },
  endShopHelp: {
    summary: 'Ends somebody’s help in a shop: by the owner, or by whoever helps',
    params: Closed({ venueId: IntegerId, staffId: Uuid }),
    responses: { 204: Type.Null() },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
