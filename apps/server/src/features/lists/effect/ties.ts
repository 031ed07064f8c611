import {
  awaitsPlace,
  findCategoryRule,
  hangsOnContact,
  type Ruleset,
} from '@jiankangbao/domain/status/ruleset'
import { wordKey } from '@jiankangbao/domain/written/word'
import { inTransaction, type Pool } from '../../../db/pool.ts'
import type { FieldEncryption } from '../../../keys/field-encryption.ts'
import { CONFIRMED, findActiveContacts } from '../../colours/facts/contacts.service.ts'
import type { ZoneName } from '../../measures/zone/zone.queries.ts'
import { listZonesWithin } from '../../measures/zone/zone.service.ts'
import { tellSearches } from '../../people/person-file/person-file.service.ts'
import { type ImportRecord, lockImport } from '../store/import.queries.ts'
import { findPersons, type KnownPerson } from '../store/staging.queries.ts'
import type { ContactPair } from './finding-rows.queries.ts'

/** What of a row says on which place and on whom it hangs. */
export interface TyingRow {
  document?: string
  category: string
  /** Name or number of the zone. */
  zone?: string
  /** `documentKey` of the contact by every type that its number fits. */
  contact?: string[]
}

export const TIE_PROBLEMS = {
  zone_unknown: '本辖区没有这个管控区，请核对名称（或填“管控区”页面上的编号）；新的管控区请先逐条提交一人',
  zone_lifted: '该管控区已经解除；重新管控的请先逐条提交一人，批准后再导入名单',
  zone_ambiguous: '有几个同名的管控区，请改填“管控区”页面上的编号',
  zone_not_allowed: '此类别不随管控区解除，不能填写管控区；只是住址的请改列名或删去此列',
  contact_self: '密接证件号码与本人相同',
  contact_missing:
    '本辖区没有该证件号码现行有效的密接，本名单中也没有，请核对；密接须已注册，并已获批准或列在同一名单中，其他辖区的密接请逐条提交',
  contact_not_allowed: '此类别不随密接转归，不能填写密接证件号码',
} as const
export type TieProblem = keyof typeof TIE_PROBLEMS

/** On which place and on whom a row hangs. */
export interface Ties {
  zoneId: string | null
  contactPersonId: string | null
}

/** @property inList whether the contact is one only if another row of the list makes it one */
export type TiedRow = { ok: true; ties: Ties; inList: boolean } | { ok: false; problems: TieProblem[] }

/** By hex of the index: those in whom the category is found now, and all who are known here. */
interface Contacts {
  active: Map<string, string>
  known: Map<string, KnownPerson>
}

/** Categories of a finding on which one of this category may hang. */
const contactsOf = (ruleset: Ruleset, category: string): string[] => {
  const rule = findCategoryRule(ruleset, category)
  return rule?.kind === 'phases' && rule.whenContactPositive ? [rule.whenContactPositive, CONFIRMED] : []
}

/** The same for every category of the rules. */
export const listContactPairs = (ruleset: Ruleset): ContactPair[] =>
  Object.keys(ruleset.categories).flatMap((category) =>
    contactsOf(ruleset, category).map((contactCategory) => ({ category, contactCategory })),
  )

/** Zones that a list may name, by name and by number. One of the list's own division comes before those below it. */
const indexZones = (zones: ZoneName[], divisionCode: string): Map<string, ZoneName[]> => {
  const found = new Map<string, ZoneName[]>()
  for (const zone of zones)
    for (const key of [wordKey(zone.name), zone.zoneId]) {
      const others = found.get(key) ?? []
      if (zone.divisionCode === divisionCode) found.set(key, [zone])
      else if (others[0]?.divisionCode !== divisionCode) found.set(key, [...others, zone])
    }
  return found
}

const findZone = (zones: Map<string, ZoneName[]>, text: string): ZoneName | TieProblem => {
  const [zone, other] = zones.get(wordKey(text)) ?? []
  if (!zone) return 'zone_unknown'
  if (other) return 'zone_ambiguous'
  return zone.lifted ? 'zone_lifted' : zone
}

/**
 * Finds the zones and contacts that rows name, many rows at once. A contact counts only where an office of the list's
 * division entered the finding, whose proposals the author may see anyway, or where the list itself does; everybody else is
 * refused with the same words, known here or not. Whoever is found by what is known here is told of it like of a search.
 */
export const createTier = (
  { pool, encryption, now }: { pool: Pool; encryption: FieldEncryption; now: Date },
  record: ImportRecord,
  ruleset: Ruleset,
) => {
  let zones: Map<string, ZoneName[]> | undefined
  const told = new Set<string>()

  const indexesOf = ({ contact = [] }: TyingRow): Buffer[] =>
    contact.map((key) => encryption.blindIndex('document', key))

  const lookForContacts = async (rows: TyingRow[]): Promise<Contacts> => {
    const naming = rows.filter((row) => row.contact && contactsOf(ruleset, row.category).length > 0)
    if (naming.length === 0) return { active: new Map(), known: new Map() }
    const known = await findPersons(pool, naming.flatMap(indexesOf))
    const active = await inTransaction(pool, async (tx) => {
      const categories = [...new Set(naming.flatMap(({ category }) => contactsOf(ruleset, category)))]
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
    return { active, known }
  }

  const tieZone = (row: TyingRow, ties: Ties): TieProblem[] => {
    if (row.zone === undefined) return []
    const rule = findCategoryRule(ruleset, row.category)
    if (!rule || !awaitsPlace(rule)) return ['zone_not_allowed']
    const zone = findZone(zones ?? new Map(), row.zone)
    if (typeof zone === 'string') return [zone]
    ties.zoneId = zone.zoneId
    return []
  }

  const tieContact = (row: TyingRow, ties: Ties, { active, known }: Contacts): TieProblem[] => {
    if (!row.contact) return []
    const rule = findCategoryRule(ruleset, row.category)
    if (!rule || !hangsOnContact(rule)) return ['contact_not_allowed']
    if (row.document !== undefined && row.contact.includes(row.document)) return ['contact_self']
    const keys = indexesOf(row).map((index) => index.toString('hex'))
    const [personId] = keys.flatMap((key) => active.get(key) ?? [])
    const [inList] = keys.flatMap((key) => known.get(key)?.personId ?? [])
    if (personId === undefined && inList === undefined) return ['contact_missing']
    ties.contactPersonId = personId ?? inList ?? null
    return []
  }

  const isActive = (row: TyingRow, { active }: Contacts): boolean =>
    indexesOf(row).some((index) => active.has(index.toString('hex')))

  /** @returns what became of each row, in their order */
  return async (rows: TyingRow[]): Promise<TiedRow[]> => {
    if (!zones && rows.some(({ zone }) => zone !== undefined))
      zones = indexZones(await listZonesWithin(pool, record.division_code), record.division_code)
    const contacts = await lookForContacts(rows)
    return rows.map((row) => {
      const ties: Ties = { zoneId: null, contactPersonId: null }
      const problems = [...tieZone(row, ties), ...tieContact(row, ties, contacts)]
      if (problems.length > 0) return { ok: false, problems }
      return { ok: true, ties, inList: ties.contactPersonId !== null && !isActive(row, contacts) }
    })
  }
}
