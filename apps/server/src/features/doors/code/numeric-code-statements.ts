import { CLOCK_SKEW_SECONDS, PERSONAL_CODE_SECONDS } from '@jiankangbao/domain/codes/personal-code'

/** Since when digits answer for their person, who `n` of numeric_codes says. The tolerance is for clocks of two machines. */
export const livedFrom = (n: string): string =>
  `${n}.expires_at - interval '${PERSONAL_CODE_SECONDS + CLOCK_SKEW_SECONDS} seconds'`

/**
 * Part of a statement that uses up numeric codes `n`, each once. Gives `returning`, digits and person_id of those it used.
 * @param at parameter of the instant of use
 */
export const useNumericCodes = ({
  from,
  where,
  at,
  returning,
}: {
  from: string
  where: string
  at: string
  returning: string
}): string =>
  `update numeric_codes n set used_at = ${at}::timestamptz
  from ${from}
  where ${where} and n.used_at is null
  returning ${returning}, n.digits, n.person_id`
