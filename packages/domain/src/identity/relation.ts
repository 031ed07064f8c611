import type { ConsentMeans, Relation } from '../vocabulary/people.ts'
import { ageOn } from './age.ts'

export const ADULT_AGE = 18
/** Who is younger registers through a guardian (Personal Information Protection Law, article 31). */
export const OWN_REGISTRATION_AGE = 14

/** From this age on an office may add somebody to a family, instead of their face or phone. */
export const ELDER_AGE = 70

/** Fewest years between a parent and a child, and so between a grandparent and a grandchild. */
const GENERATION_YEARS = 12

const olderBy = (olderBirthOn: string, youngerBirthOn: string): number =>
  olderBirthOn > youngerBirthOn ? -ageOn(youngerBirthOn, olderBirthOn) : ageOn(olderBirthOn, youngerBirthOn)

/**
 * Whether somebody born then can be that to the account holder.
 * @param relation what the member is to the holder
 * @param holderBirthOn undefined where the holder's document does not say it; then as old as the youngest who registers
 */
export const isPossibleRelation = (
  relation: Relation,
  { memberBirthOn, holderBirthOn }: { memberBirthOn: string; holderBirthOn: string | undefined },
  todayOn: string,
): boolean => {
  const memberAge = ageOn(memberBirthOn, todayOn)
  const years = holderBirthOn
    ? olderBy(memberBirthOn, holderBirthOn)
    : relation === 'child'
      ? -GENERATION_YEARS
      : memberAge - OWN_REGISTRATION_AGE
  const holderAge = holderBirthOn ? ageOn(holderBirthOn, todayOn) : ADULT_AGE
  switch (relation) {
    case 'child':
      return years <= -GENERATION_YEARS
    case 'parent':
      return years >= GENERATION_YEARS
    case 'grandparent':
      return years >= 2 * GENERATION_YEARS
    case 'spouse':
      return memberAge >= ADULT_AGE && holderAge >= ADULT_AGE
    default:
      return true
  }
}

/** Why this way of agreeing is not open to somebody of that age; undefined where it is. */
export const findConsentRefusal = (
  means: ConsentMeans,
  { memberAge, holderAge }: { memberAge: number; holderAge: number | undefined },
): 'not_for_adults' | 'guardian_not_adult' | 'guardian_for_minors' | undefined => {
  const isAdult = memberAge >= ADULT_AGE
  if (means === 'guardian') {
    if (isAdult) return 'not_for_adults'
    return holderAge !== undefined && holderAge < ADULT_AGE ? 'guardian_not_adult' : undefined
  }
  return means === 'face' && !isAdult ? 'guardian_for_minors' : undefined
}

/**
 * Whether a link lets its holder show the live code, digits and paper code of the person.
 * @param allowedByPerson what somebody with an account of their own said about this link
 */
export const mayShowCode = (link: {
  means: ConsentMeans | 'office' | 'given_in_person' | 'written'
  isMinor: boolean
  hasOwnAccount: boolean
  allowedByPerson: boolean
}): boolean => {
  if (link.isMinor && (link.means === 'guardian' || !link.hasOwnAccount)) return true
  if (link.hasOwnAccount) return link.allowedByPerson
  // Links of before asked nobody.
  return link.means !== 'given_in_person' && link.means !== 'written'
}
