import type { OperationName } from '@jiankangbao/contracts/operations'

/** What every answer says of itself unless it is declared below: nobody on the way keeps it, and no browser does. */
export const NO_STORE = 'no-store'

/**
 * The only answers that may be kept by others, and for how many seconds: the same for everybody, about nobody. An
 * operation that is not named here is personal until somebody has shown that it is not.
 */
const publicForSeconds: Partial<Record<OperationName, number>> = {
  listRegions: 86_400,
  // A key that leaked must not be told on by those on the way.
  listVerificationKeys: 30,
  listAuditKeys: 300,
  getAuditHead: 5,
}

/** The `cache-control` of an operation that others may keep; undefined for all the others, which are `no-store`. */
export const publicCacheControl = (name: OperationName): string | undefined => {
  const seconds = publicForSeconds[name]
  return seconds === undefined ? undefined : `public, max-age=${seconds}`
}
