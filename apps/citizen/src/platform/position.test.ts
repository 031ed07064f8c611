import { describe, expect, it } from 'vitest'
import { roundPosition } from './position.types.ts'

describe('a position that leaves the phone', () => {
  it.each([
    [{ latitude: 34.261_49, longitude: 117.185_51, accuracy: 12.3 }, 34.261, 117.186, 93],
    [{ latitude: -0.000_4, longitude: 179.999_6, accuracy: 0 }, -0, 180, 80],
    [{ latitude: 34, longitude: 117 }, 34, 117, 580],
    [{ latitude: 34, longitude: 117, accuracy: -1 }, 34, 117, 580],
    [{ latitude: 34, longitude: 117, accuracy: Number.NaN }, 34, 117, 580],
    [{ latitude: 34, longitude: 117, accuracy: 1e9 }, 34, 117, 100_000],
  ])('%o is rounded and says so', (raw, latitude, longitude, accuracyMetres) => {
    expect(roundPosition(raw)).toEqual({ latitude, longitude, accuracyMetres })
  })
})
