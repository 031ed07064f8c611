import type { Declaration } from '@jiankangbao/contracts/declaration/schemas'
import { api } from '../session/api.ts'
import { loadDivisionName } from './places.ts'
import { noPlace, type Place } from './stays.ts'

/** What a form begins with. */
export interface Start {
  /** The version that is corrected. */
  corrected?: Declaration
  /** Where the person is, as they said last. */
  where: Place
}

const placeOf = async (code: string | undefined): Promise<Place> =>
  code === undefined ? noPlace : { code, name: await loadDivisionName(code) }

const divisionOf = ({ health, exposure }: Declaration): string | undefined =>
  exposure?.divisionCode ?? health?.divisionCode

const loadPage = (cursor: string | undefined) =>
  api.call('listMyDeclarations', { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } })

const findCorrected = async (declarationId: string): Promise<Declaration> => {
  let cursor: string | undefined
  do {
    const page = await loadPage(cursor)
    const found = page.declarations.find((one) => one.latest && one.declarationId === declarationId)
    if (found) return found
    cursor = page.nextCursor
  } while (cursor !== undefined)
  throw new Error('this account did not declare what is to be corrected')
}

/** What is corrected, or for something new only where the person was last. */
export const loadStart = async (corrects: string | undefined, member: string | undefined): Promise<Start> => {
  if (corrects !== undefined) {
    const corrected = await findCorrected(corrects)
    return { corrected, where: await placeOf(divisionOf(corrected)) }
  }
  const last = (await loadPage(undefined)).declarations.find(
    (one) => one.memberId === member && divisionOf(one) !== undefined,
  )
  return { where: await placeOf(last && divisionOf(last)) }
}

/** One draft for each thing: a correction does not begin with what was typed for something or somebody else. */
export const draftName = (form: string, { corrected }: Start, member: string | undefined): string =>
  corrected ? `${form} ${corrected.declarationId} ${corrected.version}` : `${form} ${member ?? ''}`
