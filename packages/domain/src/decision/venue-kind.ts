/** The tree of venue kinds: kind → its parent, null for a top kind. Names to show belong to the clients. */
export const VENUE_KIND_PARENTS = {
  entry_channel: null,
  railway_station: 'entry_channel',
  coach_station: 'entry_channel',
  airport: 'entry_channel',
  motorway_check: 'entry_channel',
  port: 'entry_channel',
  government: null,
  enterprise: null,
  medical: null,
  hospital: 'medical',
  clinic: 'medical',
  pharmacy: 'medical',
  school: null,
  kindergarten: 'school',
  primary_school: 'school',
  middle_school: 'school',
  vocational_school: 'school',
  university: 'school',
  training_centre: 'school',
  community: null,
  estate: 'community',
  village: 'community',
  transport: null,
  bus: 'transport',
  metro: 'transport',
  taxi: 'transport',
  lodging: null,
  catering: null,
  retail: null,
  mall: 'retail',
  supermarket: 'retail',
  market: 'retail',
  culture_leisure: null,
  worship: null,
  construction_site: null,
  other: null,
} as const

export type VenueKind = keyof typeof VENUE_KIND_PARENTS

/** Every kind, parents before their children. */
export const VENUE_KINDS = Object.keys(VENUE_KIND_PARENTS) as readonly VenueKind[]

/** True for a kind of the tree. */
export function isVenueKind(value: unknown): value is VenueKind {
  return typeof value === 'string' && Object.keys(VENUE_KIND_PARENTS).includes(value)
}

/** The kind itself, then its parent, up to the top. */
export function venueKindLineage(kind: VenueKind): readonly VenueKind[] {
  const lineage: VenueKind[] = []
  for (let at: VenueKind | null = kind; at !== null; at = VENUE_KIND_PARENTS[at]) lineage.push(at)
  return lineage
}

/** True when `kind` is `ancestor` or lies below it. */
export function isVenueKindWithin(kind: VenueKind, ancestor: VenueKind): boolean {
  return venueKindLineage(kind).includes(ancestor)
}
