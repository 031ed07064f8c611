import type { ImportKind } from '@jiankangbao/contracts/import/schemas'
import type { OperatorRole } from '@jiankangbao/contracts/operator/schemas'
import { IMPORT_KINDS } from '@jiankangbao/domain/vocabulary/lists'
import { useMe } from '../../api/session.ts'

const isOffice = (roles: readonly OperatorRole[]): boolean => roles.includes('hq') || roles.includes('office')

/** Kinds of lists that the signed-in operator may upload: a laboratory only its results. */
export const useKinds = (): readonly ImportKind[] =>
  isOffice(useMe().roles) ? IMPORT_KINDS : ['test_results']

/** Laboratories speak for themselves only: the source of their lists; undefined for offices. */
export const useOwnSource = (): string | undefined => {
  const { roles, organisation } = useMe()
  return isOffice(roles) ? undefined : organisation
}
