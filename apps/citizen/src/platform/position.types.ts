import type { PhonePosition } from '@jiankangbao/contracts/visit/schemas'

/** As a phone tells it. */
export interface RawPosition {
  latitude: number
  longitude: number
  /** Metres; phones may say nothing or nonsense. */
  accuracy?: number | undefined
}

/** Longest wait for a position; a question that nobody answers ends too. */
export const POSITION_MS = 20_000

// A thousandth of a degree is 111 metres: enough to tell a door from another part of the city, too little for a house.
const rounded = (degrees: number): number => Math.round(degrees * 1000) / 1000
const ROUNDING_METRES = 80
const UNKNOWN_ACCURACY_METRES = 500

/** What leaves the phone: rounded, with an accuracy that says so. */
export const roundPosition = ({ latitude, longitude, accuracy }: RawPosition): PhonePosition => ({
  latitude: rounded(latitude),
  longitude: rounded(longitude),
  accuracyMetres: Math.min(
    100_000,
    Math.ceil(accuracy !== undefined && accuracy >= 0 ? accuracy : UNKNOWN_ACCURACY_METRES) + ROUNDING_METRES,
  ),
})
