import { expect, it } from 'vitest'
import { findGaps } from './reconciliation.ts'

const day = {
  sealed: 10,
  handedOver: 10,
  received: 10,
  resulted: 10,
  held: 0,
  peopleSealed: 97,
  peopleHere: 97,
  peopleResulted: 97,
  peopleTold: 97,
}

it.each([
  [{}, []],
  [{ handedOver: 8, received: 8, resulted: 8 }, [['not_handed_over', 2]]],
  [{ received: 7, resulted: 7 }, [['not_received', 3]]],
  [{ resulted: 9, held: 1 }, [['held', 1]]],
  [{ resulted: 8 }, [['not_resulted', 2]]],
  [{ peopleHere: 96 }, [['count_differs', 1]]],
  [{ peopleHere: 98 }, [['count_differs', 1]]],
  [{ peopleTold: 90 }, [['people_without_result', 7]]],
])('%o names %o', (changed, gaps) => {
  expect(findGaps({ ...day, ...changed }).map(({ gap, count }) => [gap, count])).toEqual(gaps)
})
