import { CROCKFORD } from '@jiankangbao/domain/codes/base32'
import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import { randomOf } from './random.ts'

/** Of a thousand venues of a Chinese prefecture city, by estimate; the real register of places is not public. */
const kindsPerThousand: [VenueKind, number][] = [
  ['retail', 230],
  ['catering', 210],
  ['enterprise', 160],
  ['estate', 90],
  ['village', 50],
  ['bus', 60],
  ['taxi', 30],
  ['supermarket', 30],
  ['clinic', 20],
  ['pharmacy', 20],
  ['kindergarten', 16],
  ['primary_school', 14],
  ['middle_school', 6],
  ['culture_leisure', 14],
  ['lodging', 14],
  ['government', 10],
  ['market', 8],
  ['construction_site', 6],
  ['metro', 4],
  ['hospital', 3],
  ['mall', 3],
  ['worship', 1],
  ['railway_station', 1],
]

export interface PlannedVenue {
  kind: VenueKind
  /** Of its points; ids count from 1 over the whole city. */
  pointIds: number[]
  /** One per point: ten Crockford characters. */
  codeIds: string[]
}

const drawKind = (draw: number): VenueKind => {
  let left = draw * 1000
  for (const [kind, share] of kindsPerThousand) {
    left -= share
    if (left < 0) return kind
  }
  return 'retail'
}

/** The venues of a city with their points and code ids; the same for the same seed. Every kind of the list occurs. */
export const planVenues = ({ venues, seed }: { venues: number; seed: number }): PlannedVenue[] => {
  const random = randomOf(seed)
  const used = new Set<string>()
  const newCodeId = (): string => {
    let id = ''
    for (let at = 0; at < 10; at += 1) id += CROCKFORD.charAt(Math.floor(random() * 32))
    if (used.has(id)) return newCodeId()
    used.add(id)
    return id
  }
  let pointId = 0
  return Array.from({ length: venues }, (_, index) => {
    const kind = kindsPerThousand[index]?.[0] ?? drawKind(random())
    const pointIds = Array.from({ length: 1 + Math.floor(random() ** 3 * 4) }, () => {
      pointId += 1
      return pointId
    })
    return { kind, pointIds, codeIds: pointIds.map(newCodeId) }
  })
}

/** The checkpoint device that stands at a point. */
export const deviceIdOf = (pointId: number): string =>
  `00000000-0000-4000-8000-${pointId.toString(16).padStart(12, '0')}`
