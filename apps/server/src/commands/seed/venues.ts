import type { CityProfile, DemonstrationVenue } from '@jiankangbao/city/city-profile'
import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'

export interface SeedVenue {
  name: string
  kind: VenueKind
  divisionCode: string
  address: string
  points: readonly string[]
  state: 'active' | 'applied' | 'suspended'
  /** Kilometres east and north of the city's middle. */
  offset: [number, number]
}

const toVenue = (
  [name, kind, divisionCode, points]: DemonstrationVenue,
  index: number,
  state: SeedVenue['state'],
): SeedVenue => ({
  name,
  kind,
  divisionCode,
  address: `虚构路 ${index * 7 + 1} 号`,
  points,
  state,
  offset: [((index * 37) % 60) / 10 - 3, ((index * 53) % 60) / 10 - 3],
})

/** The invented venues of the city; some wait for review, some are suspended. */
export const seedVenues = ({ demonstration }: CityProfile): SeedVenue[] => {
  const { venues, waiting, suspended } = demonstration
  return [
    ...venues.map((venue, index) =>
      toVenue(venue, index, suspended.includes(venue[0]) ? 'suspended' : 'active'),
    ),
    ...waiting.map((venue, index) => toVenue(venue, venues.length + index, 'applied')),
  ]
}
