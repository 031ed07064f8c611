import type { PhonePosition } from '@jiankangbao/contracts/visit/schemas'

/** A scan from further away than this does not count as having been at the door. The stated accuracy is subtracted first. */
const FAR_AWAY_METRES = 2_000
/** No more accuracy than this is subtracted. Otherwise a phone that claims to know nothing would never be far away. */
const MOST_ACCURACY_METRES = 500

interface Place {
  latitude: number
  longitude: number
}

/** Metres between two positions (haversine on a sphere of 6371 km). */
const distanceMetres = (a: Place, b: Place): number => {
  const rad = Math.PI / 180
  const h =
    Math.sin(((b.latitude - a.latitude) * rad) / 2) ** 2 +
    Math.cos(a.latitude * rad) *
      Math.cos(b.latitude * rad) *
      Math.sin(((b.longitude - a.longitude) * rad) / 2) ** 2
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Whether a phone there can not have been at the door; a door without a place is never far. */
export const isFarFrom = (
  { latitude, longitude }: { latitude: number | null; longitude: number | null },
  position: PhonePosition,
): boolean =>
  latitude !== null &&
  longitude !== null &&
  distanceMetres(position, { latitude, longitude }) -
    Math.min(position.accuracyMetres, MOST_ACCURACY_METRES) >
    FAR_AWAY_METRES
