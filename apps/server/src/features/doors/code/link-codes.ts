import type { OnLinkEnded } from '../../people/member/link-ended.ts'
import { endNumericCodes, revokeCode, revokeCodesOfLink } from './code.queries.ts'

/**
 * Ends what a link handed out: its paper code, and, where it showed them, the live code and the digits on its phone. The
 * person's own phone fetches a new live code with its next refresh.
 */
export const endCodesOfLink: OnLinkEnded = async (tx, { memberId, personId, showedCode }, now) => {
  await revokeCodesOfLink(tx, memberId, now)
  if (!showedCode) return
  await revokeCode(tx, personId, 'live', 'link_ended', now)
  await endNumericCodes(tx, personId)
}
