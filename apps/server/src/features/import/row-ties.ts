import { toHalfWidth } from '@jiankangbao/domain/identity/half-width'
import {
  awaitsPlace,
  findCategoryRule,
  hangsOnContact,
  type Ruleset,
} from '@jiankangbao/domain/status/ruleset'
import { inTransaction, type Pool } from '../../db/pool.ts'
import type { FieldEncryption } from '../../keys/field-encryption.ts'
import { CONFIRMED, findActiveContacts } from '../finding/contacts.service.ts'
import { tellSearches } from '../person-file/person-file.service.ts'
import { listZonesWithin, type ZoneName } from '../zone/zone.service.ts'
import { type ImportRecord, lockImport } from './import.queries.ts'
import type { ImportRow, RowProblem } from './parsed-row.ts'

/** On which place and on whom a row hangs. */
export interface Ties {
  zoneId: string | null
  contactPersonId: string | null
}

export type TiedRow = { ok: true; ties: Ties } | { ok: false; problems: RowProblem[] }

const plain = (name: string): string => toHalfWidth(name).replace(/\s+/g, '')

/** Zones that a list may name, by name and by number. One of the list's own division comes before those below it. */
const indexZones = (zones: ZoneName[], divisionCode: string): Map<string, ZoneName[]> => {
  const found = new Map<string, ZoneName[]>()
  for (const zone of zones)
    for (const key of [plain(zone.name), zone.zoneId]) {
      const others = found.get(key) ?? []
      if (zone.divisionCode === divisionCode) found.set(key, [zone])
      else if (others[0]?.divisionCode !== divisionCode) found.set(key, [...others, zone])
    }
  return found
}

const findZone = (zones: Map<string, ZoneName[]>, text: string): ZoneName | RowProblem => {
  const [zone, other] = zones.get(plain(text)) ?? []
  if (!zone) return 'zone_unknown'
  if (other) return 'zone_ambiguous'
  return zone.lifted ? 'zone_lifted' : zone
}

/**
 * Finds the zones and contacts that rows name, many rows at once. A contact counts only where an office of the list's
 * division entered the finding, whose proposals the author may see anyway; everybody else is refused with the same words,
 * known here or not. Whoever is found is told of it like of a search.
 */
export const createTier = (
  { pool, encryption, now }: { pool: Pool; encryption: FieldEncryption; now: Date },
  record: ImportRecord,
  ruleset: Ruleset,
) => {
  let zones: Map<string, ZoneName[]> | undefined
  const told = new Set<string>()

  const indexesOf = ({ contact = [] }: ImportRow): Buffer[] =>
    contact.map((key) => encryption.blindIndex('document', key))

  /** Categories of a finding on which this one may hang. */
  const contactsOf = ({ category }: ImportRow): string[] => {
    const rule = category === undefined ? undefined : findCategoryRule(ruleset, category)
    return rule?.kind === 'phases' && rule.whenContactPositive ? [rule.whenContactPositive, CONFIRMED] : []
  }

  const lookForContacts = async (rows: ImportRow[]): Promise<Map<string, string>> => {
    const naming = rows.filter((row) => row.contact && contactsOf(row).length > 0)
    if (naming.length === 0) return new Map()
    return inTransaction(pool, async (tx) => {
      const categories = [...new Set(naming.flatMap(contactsOf))]
      const found = await findActiveContacts(tx, naming.flatMap(indexesOf), categories, record.division_code)
      const personIds = [...new Set(found.values())].filter((personId) => !told.has(personId))
      // Of two processes, one of which was believed dead, the second sees whom the first told.
      if (personIds.length > 0) await lockImport(tx, now, record.import_id)
      await tellSearches(tx, {
        importId: record.import_id,
        operatorId: record.uploaded_by,
        personIds,
        purpose: record.evidence,
        at: now,
      })
      for (const personId of personIds) told.add(personId)
      return found
    })
  }

  const tieZone = (row: ImportRow, ties: Ties): RowProblem[] => {
    if (row.zone === undefined) return []
    const rule = row.category === undefined ? undefined : findCategoryRule(ruleset, row.category)
    if (!rule || !awaitsPlace(rule)) return ['zone_not_allowed']
    const zone = findZone(zones ?? new Map(), row.zone)
    if (typeof zone === 'string') return [zone]
    ties.zoneId = zone.zoneId
    return []
  }

  const tieContact = (row: ImportRow, ties: Ties, contacts: Map<string, string>): RowProblem[] => {
    if (!row.contact) return []
    const rule = row.category === undefined ? undefined : findCategoryRule(ruleset, row.category)
    if (!rule || !hangsOnContact(rule)) return ['contact_not_allowed']
    if (row.document !== undefined && row.contact.includes(row.document)) return ['contact_self']
    const personId = indexesOf(row).flatMap((index) => contacts.get(index.toString('hex')) ?? [])[0]
    if (personId === undefined) return ['contact_missing']
    ties.contactPersonId = personId
    return []
  }

  /** @returns what became of each row, in their order */
  return async (rows: ImportRow[]): Promise<TiedRow[]> => {
    if (!zones && rows.some(({ zone }) => zone !== undefined))
      zones = indexZones(await listZonesWithin(pool, record.division_code), record.division_code)
    const contacts = await lookForContacts(rows)
    return rows.map((row) => {
      const ties: Ties = { zoneId: null, contactPersonId: null }
      const problems = [...tieZone(row, ties), ...tieContact(row, ties, contacts)]
      return problems.length > 0 ? { ok: false, problems } : { ok: true, ties }
    })
  }
}
