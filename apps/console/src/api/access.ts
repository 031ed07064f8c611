import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import type { OperatorRole } from '@jiankangbao/contracts/schemas/operator'

/** Whether an operator with these roles may call an operation, by the access it declares in the contract. */
export const mayCall = (roles: readonly OperatorRole[], name: OperationName): boolean =>
  operations[name].access
    .split('|')
    .some(
      (part) => part === 'operator' || part === 'public' || roles.some((role) => part === `operator:${role}`),
    )

/** Whether one of the roles is among those allowed; nothing allowed means nobody. */
export const hasRole = (roles: readonly OperatorRole[], allowed: readonly OperatorRole[]): boolean =>
  allowed.some((role) => roles.includes(role))
