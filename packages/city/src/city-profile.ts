import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { Service } from '@jiankangbao/domain/service/service'
import type { Ruleset } from '@jiankangbao/domain/status/ruleset'

/** Name, kind, code of the division, entrances. */
export type DemonstrationVenue = readonly [string, VenueKind, string, readonly string[]]

/** An operator of a district or of a venue; those of the city itself are the same everywhere. */
export interface DemonstrationOperator {
  username: string
  displayName: string
  organisation: string
  division: string
}

/** The invented part of a city, for whoever only looks: `jkb db seed`. */
export interface Demonstration {
  /** Kept in its database for ever: by it a demonstration is known. */
  divisionName: { zh: string; en: string }
  /** Of every district: invented, because the real ones are not ours to show. */
  streets: readonly (readonly [zh: string, en: string])[]
  communities: readonly (readonly [zh: string, en: string])[]
  offices: readonly DemonstrationOperator[]
  /** Manages the venue that has the name of the organisation. */
  venueManager: DemonstrationOperator
  laboratory: string
  /** Of every operator. Published on purpose: a demonstration protects nobody, and no real city takes it. */
  password: string
  /** Where venues lie around. */
  middle: { latitude: number; longitude: number }
  venues: readonly DemonstrationVenue[]
  /** Names of venues that may not be used for now. */
  suspended: readonly string[]
  /** Ask to be let in. */
  waiting: readonly DemonstrationVenue[]
  /** First six digits of the document numbers of its invented people. */
  documentPrefixes: readonly string[]
}

/** Everything that makes the program the one of a city. */
export interface CityProfile {
  name: { zh: string; en: string }
  /** With its province, as phone operators write it. */
  fullName: string
  /** Of the city: six digits, ending in `00`. */
  division: string
  /** Districts and counties, and zones that administer themselves. */
  districts: readonly (readonly [code: string, zh: string, en: string])[]
  hotline: string
  /** The rules that it begins with. */
  ruleset: Ruleset
  /** The services that its app begins with. */
  services: (hotline: string) => Service[]
  demonstration: Demonstration
}
