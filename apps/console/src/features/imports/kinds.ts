import type { ImportKind } from '@jiankangbao/contracts/schemas/import'
import { hasRole } from '../../api/access.ts'
import { useMe } from '../../api/session.ts'

const ALL: readonly ImportKind[] = [
  'findings',
  'finding_ends',
  'test_results',
  'home_monitoring',
  'risk_areas',
  'venues',
]

/** Kinds of lists that the signed-in operator may upload: a laboratory only its results. */
export const useKinds = (): readonly ImportKind[] =>
  hasRole(useMe().roles, ['hq', 'office']) ? ALL : ['test_results']

/** Laboratories speak for themselves only: the source of their lists; undefined for offices. */
export const useOwnSource = (): string | undefined => {
  const { roles, organisation } = useMe()
  return hasRole(roles, ['hq', 'office']) ? undefined : organisation
}
