import { type Access, isForOperators } from '@jiankangbao/contracts/access'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import { OPERATOR_ROLES, type OperatorRole } from '@jiankangbao/domain/vocabulary/people'

/** The roles whose operators may call an operation, by the access it declares in the contract. */
export const rolesOf = (name: OperationName): readonly OperatorRole[] => {
  const access: Access = operations[name].access
  if (access.kind === 'public') return OPERATOR_ROLES
  return isForOperators(access) ? (access.roles ?? OPERATOR_ROLES) : []
}

/** Whether an operator with these roles may call an operation. No role, no call. */
export const mayCall = (roles: readonly OperatorRole[], name: OperationName): boolean =>
  rolesOf(name).some((role) => roles.includes(role))
