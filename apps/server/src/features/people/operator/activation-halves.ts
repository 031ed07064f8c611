import { makeActivationCode } from './activation-code.ts'

// The code of five groups is handed over in two halves, by two people: nobody alone can begin in another's name.

const FIRST_GROUPS = 3

export interface ActivationHalves {
  first: string
  second: string
}

export const makeHalves = (): ActivationHalves => {
  const groups = makeActivationCode().split('-')
  return { first: groups.slice(0, FIRST_GROUPS).join('-'), second: groups.slice(FIRST_GROUPS).join('-') }
}

/** The second half for a first one that was handed over before. */
export const joinHalves = (first: string): { code: string; second: string } => {
  const { second } = makeHalves()
  return { code: `${first}-${second}`, second }
}
