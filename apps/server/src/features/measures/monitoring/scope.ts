import { divisionCovers } from '@jiankangbao/domain/division'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'

export interface Scope {
  divisionCode: string
  /** Of the whole city: whoever has no division is theirs to give away. */
  isCity: boolean
}

export const scopeOf = ({ city }: Parts['config'], { divisionCode }: OperatorCaller): Scope => ({
  divisionCode,
  isCity: divisionCovers(divisionCode, city.divisionCode),
})
