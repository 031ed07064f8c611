import type { TestSite } from '@jiankangbao/contracts/test-site/schemas'

export interface Here {
  latitude: number
  longitude: number
}

const EARTH_KM = 6371
const toRadians = (degrees: number): number => (degrees * Math.PI) / 180

/** Kilometres in a straight line. */
export const kilometresBetween = (from: Here, to: Here): number => {
  const half = (a: number, b: number): number => Math.sin(toRadians(b - a) / 2) ** 2
  const chord =
    half(from.latitude, to.latitude) +
    Math.cos(toRadians(from.latitude)) * Math.cos(toRadians(to.latitude)) * half(from.longitude, to.longitude)
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)))
}

export const AUDIENCE_CHOICES = ['all', 'everybody', 'yellow', 'fever_clinic'] as const
export type AudienceChoice = (typeof AUDIENCE_CHOICES)[number]

export interface FoundSite {
  site: TestSite
  /** Absent without a position of the phone or of the site. */
  kilometres?: number
}

const distanceOf = (site: TestSite, here: Here | undefined): number | undefined =>
  here && site.latitude !== undefined && site.longitude !== undefined
    ? kilometresBetween(here, { latitude: site.latitude, longitude: site.longitude })
    : undefined

/** Sites that fit, those open now first, then the nearest, then the shortest queue. */
export const findSites = (
  sites: readonly TestSite[],
  wanted: { text: string; audience: AudienceChoice; here?: Here | undefined },
): FoundSite[] => {
  const text = wanted.text.trim().toLowerCase()
  return sites
    .filter(
      (site) =>
        (wanted.audience === 'all' || site.audience === wanted.audience) &&
        `${site.name} ${site.address} ${site.divisionName}`.toLowerCase().indexOf(text) >= 0,
    )
    .map((site) => {
      const kilometres = distanceOf(site, wanted.here)
      return kilometres === undefined ? { site } : { site, kilometres }
    })
    .sort(
      (one, other) =>
        Number(other.site.openNow) - Number(one.site.openNow) ||
        (one.kilometres ?? 0) - (other.kilometres ?? 0) ||
        (one.site.queue?.waiting ?? 0) - (other.site.queue?.waiting ?? 0),
    )
}
