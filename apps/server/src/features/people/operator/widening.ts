import type { OperatorRole } from '@jiankangbao/contracts/operator/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'

export interface Rights {
  roles: readonly OperatorRole[]
  divisionCode: string
  active: boolean
}

/** Whether somebody may do more after a change than before: a role, a wider or another division, or work at all. */
export const givesRights = (before: Rights, after: Rights): boolean =>
  after.active &&
  (!before.active ||
    after.roles.some((role) => !before.roles.includes(role)) ||
    !divisionCovers(before.divisionCode, after.divisionCode))
