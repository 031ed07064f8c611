/** How long somebody stays at a place of a kind, and how long before and after a stay others still count as together. */
export interface StayLength {
  minutes: number
  marginBefore: number
  marginAfter: number
}

interface AboutKind {
  /** The kind above it; null for a top kind. */
  within: string | null
  /** Left out where the kind above says it. A door sees people come and never go, so offices adjust stays by hand. */
  stay?: StayLength
  /** Somebody without an account of the console may apply for one: shops, restaurants, taxis. Stations, schools and estates are not theirs. */
  shop?: true
}

/**
 * The tree of venue kinds. A new kind is a line here and its name in `contracts/src/words/<language>.ts`; lists read that name,
 * and more words for it can stand in `features/lists/kinds/venues.ts`.
 */
export const ABOUT_VENUE_KINDS = {
  entry_channel: { within: null, stay: { minutes: 60, marginBefore: 0, marginAfter: 15 } },
  railway_station: { within: 'entry_channel' },
  coach_station: { within: 'entry_channel' },
  airport: { within: 'entry_channel' },
  motorway_check: { within: 'entry_channel', stay: { minutes: 10, marginBefore: 0, marginAfter: 0 } },
  port: { within: 'entry_channel' },
  government: { within: null, stay: { minutes: 60, marginBefore: 0, marginAfter: 15 } },
  enterprise: { within: null, stay: { minutes: 540, marginBefore: 0, marginAfter: 15 }, shop: true },
  medical: { within: null, stay: { minutes: 120, marginBefore: 0, marginAfter: 30 } },
  hospital: { within: 'medical' },
  clinic: { within: 'medical', shop: true },
  pharmacy: { within: 'medical', stay: { minutes: 20, marginBefore: 0, marginAfter: 15 }, shop: true },
  school: { within: null, stay: { minutes: 540, marginBefore: 0, marginAfter: 15 } },
  kindergarten: { within: 'school' },
  primary_school: { within: 'school' },
  middle_school: { within: 'school' },
  vocational_school: { within: 'school' },
  university: { within: 'school' },
  training_centre: { within: 'school', shop: true },
  community: { within: null, stay: { minutes: 10, marginBefore: 0, marginAfter: 5 } },
  estate: { within: 'community' },
  village: { within: 'community' },
  transport: { within: null, stay: { minutes: 40, marginBefore: 0, marginAfter: 10 } },
  bus: { within: 'transport' },
  metro: { within: 'transport' },
  taxi: { within: 'transport', shop: true },
  lodging: { within: null, stay: { minutes: 720, marginBefore: 0, marginAfter: 30 }, shop: true },
  catering: { within: null, stay: { minutes: 90, marginBefore: 0, marginAfter: 15 }, shop: true },
  retail: { within: null, stay: { minutes: 45, marginBefore: 0, marginAfter: 15 }, shop: true },
  mall: { within: 'retail', stay: { minutes: 120, marginBefore: 0, marginAfter: 15 }, shop: true },
  supermarket: { within: 'retail', shop: true },
  market: { within: 'retail', shop: true },
  culture_leisure: { within: null, stay: { minutes: 150, marginBefore: 0, marginAfter: 15 }, shop: true },
  worship: { within: null, stay: { minutes: 90, marginBefore: 0, marginAfter: 15 } },
  construction_site: { within: null, stay: { minutes: 540, marginBefore: 0, marginAfter: 15 } },
  other: { within: null, stay: { minutes: 60, marginBefore: 0, marginAfter: 15 }, shop: true },
} as const satisfies Record<string, AboutKind>

export type VenueKind = keyof typeof ABOUT_VENUE_KINDS

/** Every kind, parents before their children. */
export const VENUE_KINDS = Object.keys(ABOUT_VENUE_KINDS) as readonly VenueKind[]

export type ShopKind = {
  [Kind in VenueKind]: (typeof ABOUT_VENUE_KINDS)[Kind] extends { shop: true } ? Kind : never
}[VenueKind]

/** True for a kind for which people apply from the citizen app. */
export const isShopKind = (kind: string): kind is ShopKind =>
  isVenueKind(kind) && 'shop' in ABOUT_VENUE_KINDS[kind]

export const SHOP_KINDS: readonly ShopKind[] = VENUE_KINDS.filter(isShopKind)

/** True for a kind of the tree. */
export function isVenueKind(value: unknown): value is VenueKind {
  return typeof value === 'string' && Object.keys(ABOUT_VENUE_KINDS).includes(value)
}

/** The kind itself, then its parent, up to the top. */
export function venueKindLineage(kind: VenueKind): readonly VenueKind[] {
  const lineage: VenueKind[] = []
  for (let at: VenueKind | null = kind; at !== null; at = ABOUT_VENUE_KINDS[at].within) lineage.push(at)
  return lineage
}

/** True when `kind` is `ancestor` or lies below it. */
export function isVenueKindWithin(kind: VenueKind, ancestor: VenueKind): boolean {
  return venueKindLineage(kind).includes(ancestor)
}
