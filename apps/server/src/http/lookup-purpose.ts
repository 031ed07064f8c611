import { lookupPurposesOf, parseLookupPurpose } from '@jiankangbao/domain/vocabulary/lookups'
import { fieldError } from './app-error.ts'
import type { Caller } from './caller.ts'

interface WithProperties {
  properties?: Record<string, { 'x-reads-as'?: string } | undefined>
}

/**
 * The purpose of a look-up belongs to the duties of whoever looks: an auditor traces nobody. Every operation whose purpose is a
 * `LookupPurpose` passes here, so that none can forget to ask.
 * @throws AppError VALIDATION_FAILED (purpose, not_allowed)
 */
export const requireOwnPurpose = (caller: Caller | undefined, given: unknown, schema: unknown): void => {
  if ((schema as WithProperties | undefined)?.properties?.purpose?.['x-reads-as'] !== 'lookup_purpose') return
  const { purpose } = given as { purpose: string }
  const roles = caller?.kind === 'operator' ? caller.roles : []
  const key = parseLookupPurpose(purpose)?.key
  if (key === undefined || !lookupPurposesOf(roles).includes(key)) throw fieldError('purpose', 'not_allowed')
}
