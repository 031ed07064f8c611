import { createHash } from 'node:crypto'
import { divisionCovers } from '@jiankangbao/domain/division'
import { toDivisionOfToday } from '@jiankangbao/domain/place/divisions'
import {
  type EndKind,
  findCategoryRule,
  isRetired,
  type RulesInForce,
} from '@jiankangbao/domain/status/ruleset'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { sealWorkplace } from '../../../keys/workplace.ts'
import type { Parts } from '../../../parts.ts'
import type { TableRow } from '../../../sheets/table-row.ts'
import type { ImportRow, ParsedImportRow, RowProblem } from '../columns/parsed-row.ts'
import { settleContactRows } from '../effect/contact-rows.queries.ts'
import { findNumbers, type KnownNumber } from '../effect/corrections.queries.ts'
import { findEndProblem, findEndRefusal, scopeOf } from '../effect/end-effect.ts'
import { listStanding, type Standing } from '../effect/end-rows.queries.ts'
import { createTier, listContactPairs, type TiedRow } from '../effect/row-ties.ts'
import { CELLS_CONTEXT } from '../store/contexts.ts'
import type { ImportRecord } from '../store/import.queries.ts'
import * as queries from '../store/staging.queries.ts'

/** Refused rows kept for the list of errors; beyond it they are counted only. */
const MOST_ERRORS = 100_000

const UNTIED: Extract<TiedRow, { ok: true }> = {
  ok: true,
  ties: { zoneId: null, contactPersonId: null },
  inList: false,
}

export interface StageTally {
  read: number
  good: number
  problems: Partial<Record<RowProblem, number>>
  errors: number
  /** Rows that correct or withdraw what was reported before. */
  corrections: number
}

interface Looked {
  row: TableRow
  parsed: Extract<ParsedImportRow, { ok: true }>
  documentIndex: Buffer | null
}

interface Refused {
  row: TableRow
  problems: RowProblem[]
  /** The row that it repeats. */
  detail?: number
}

interface Surroundings {
  persons: Map<string, queries.KnownPerson>
  numbers: Map<string, KnownNumber>
  venues: Set<string>
  /** By row. */
  standing: Map<number, Standing>
}

const rowKeyOf = (row: ImportRow): Buffer =>
  createHash('sha256').update(row.key.join('\u0000')).digest().subarray(0, 16)

const venueKey = (venue: NonNullable<ImportRow['venue']>): string =>
  [venue.divisionCode, venue.name, venue.address].join('\n')

/**
 * Holds parsed rows against what is known here (persons, names, numbers of the laboratory, divisions, venues, rules) and
 * keeps them: the good ones to be applied, the refused ones for their author.
 */
export const createStager = (
  { pool, encryption, clock }: Pick<Parts, 'pool' | 'encryption' | 'clock'>,
  record: ImportRecord,
  context: { ruleset: RulesInForce; divisions: Set<string>; mayCorrect: boolean },
) => {
  const tally: StageTally = { read: 0, good: 0, problems: {}, errors: 0, corrections: 0 }

  const scope = scopeOf(record.division_code, context.divisions)
  const lookForFindings = async (
    rows: Looked[],
    persons: Surroundings['persons'],
  ): Promise<Surroundings['standing']> => {
    const keys = rows.flatMap(({ row: { rowNumber }, parsed: { row }, documentIndex }) => {
      if (!row.endKind || !row.category || row.at === undefined) return []
      const personId = persons.get(documentIndex?.toString('hex') ?? '')?.personId ?? null
      return [{ rowNumber, personId, documentIndex, category: row.category, at: new Date(row.at) }]
    })
    const found = keys.length > 0 ? await listStanding(pool, keys, scope) : []
    return new Map(found.map((each) => [each.row_number, each]))
  }

  const lookAround = async (rows: Looked[]): Promise<Surroundings> => {
    const indexes = rows.flatMap(({ documentIndex }) => (documentIndex ? [documentIndex] : []))
    const numbers = rows.flatMap(({ parsed }) => parsed.row.number ?? [])
    const venues = rows.flatMap(({ parsed }) => parsed.row.venue ?? [])
    const persons = indexes.length > 0 ? await queries.findPersons(pool, indexes) : new Map()
    return {
      persons,
      standing: await lookForFindings(rows, persons),
      numbers:
        numbers.length > 0 && record.partner_id
          ? await findNumbers(pool, record.partner_id, numbers)
          : new Map(),
      venues: venues.length > 0 ? await queries.findVenues(pool, venues) : new Set(),
    }
  }

  const tie = createTier({ pool, encryption, now: clock() }, record, context.ruleset)

  const divisionProblem = (divisionCode: string): RowProblem[] => {
    if (!context.divisions.has(divisionCode)) return ['division_unknown']
    return divisionCovers(record.division_code, divisionCode) ? [] : ['division_outside']
  }

  const endProblems = (category: string, kind: EndKind, standing: Standing | undefined): RowProblem[] => {
    const problem = findEndRefusal(context.ruleset, category, kind) ?? findEndProblem(standing)
    return problem ? [problem] : []
  }

  const categoryProblem = (category: string): RowProblem[] => {
    if (isRetired(context.ruleset, category)) return ['category_retired']
    return findCategoryRule(context.ruleset, category)?.manual === true ? [] : ['category_not_allowed']
  }

  const numberProblem = (
    { parsed: { row }, documentIndex }: Looked,
    person: queries.KnownPerson | undefined,
    known: KnownNumber | undefined,
  ): RowProblem[] => {
    if (!row.action) return known ? ['number_exists'] : []
    if (!context.mayCorrect) return ['action_not_allowed']
    if (!known) return ['number_unknown']
    if (known.withdrawn) return ['number_withdrawn']
    const named = row.action === 'withdraw' && documentIndex
    if (!named || known.who.has(documentIndex.toString('hex'))) return []
    return person && known.who.has(person.personId) ? [] : ['number_of_other']
  }

  const problemsOf = (looked: Looked, person: queries.KnownPerson | undefined, around: Surroundings) => {
    const {
      row: { rowNumber },
      parsed: { row },
    } = looked
    const problems: RowProblem[] = []
    if (row.category && row.endKind)
      problems.push(...endProblems(row.category, row.endKind, around.standing.get(rowNumber)))
    else if (row.category) problems.push(...categoryProblem(row.category))
    if (person && row.name && encryption.decrypt(person.nameEncrypted, 'persons.name') !== row.name)
      problems.push('name_mismatch')
    if (row.number) problems.push(...numberProblem(looked, person, around.numbers.get(row.number)))
    if (row.venue) {
      problems.push(...divisionProblem(row.venue.divisionCode))
      if (around.venues.has(venueKey(row.venue))) problems.push('venue_exists')
    }
    return problems
  }

  const toData = ({ area, venue, action }: ImportRow): Record<string, unknown> | null => {
    if (action) return { action }
    if (area) return { ...area }
    if (!venue) return null
    const { responsibleName, responsiblePhone, ...rest } = venue
    const secret = (text: string, field: string) =>
      encryption.encrypt(text, `venues.${field}`).toString('base64')
    return {
      ...rest,
      responsibleNameEncrypted: secret(responsibleName, 'responsible_name'),
      responsiblePhoneEncrypted: secret(responsiblePhone, 'responsible_phone'),
    }
  }

  const toStaged = (
    { row, parsed, documentIndex }: Looked,
    personId: string | null,
    { ties, inList }: Extract<TiedRow, { ok: true }>,
  ): queries.StagedRow => {
    const it = parsed.row
    return {
      rowNumber: row.rowNumber,
      rowKey: rowKeyOf(it),
      documentIndex,
      personId,
      at: it.at === undefined ? null : new Date(it.at),
      category: it.category ?? null,
      evidence: it.evidence ?? null,
      number: it.number ?? null,
      result: it.result ?? null,
      kind: it.mode ?? it.endKind ?? null,
      data: inList ? { contactInList: true } : toData(it),
      workplace: it.workplace === undefined ? null : sealWorkplace(encryption, it.workplace),
      ...ties,
    }
  }

  /** A venue in a division that is no more lies in the one that took its place. */
  const inCity = (parsed: Looked['parsed']): Looked['parsed'] => {
    const { venue } = parsed.row
    if (!venue || context.divisions.has(venue.divisionCode)) return parsed
    const divisionCode = toDivisionOfToday(venue.divisionCode)
    return { ...parsed, row: { ...parsed.row, venue: { ...venue, divisionCode } } }
  }

  const look = (row: TableRow, read: Looked['parsed']): Looked => {
    const parsed = inCity(read)
    const { document } = parsed.row
    const documentIndex = document === undefined ? null : encryption.blindIndex('document', document)
    return { row, parsed, documentIndex }
  }

  const toError = ({ row, problems, detail }: Refused): queries.RefusedRow => ({
    rowNumber: row.rowNumber,
    problems,
    detail: detail === undefined ? null : String(detail),
    cells: encryption.encrypt(JSON.stringify(row.cells), CELLS_CONTEXT),
  })

  const keep = (tx: Transaction, refused: Refused[]): Promise<void> => {
    const kept = refused.slice(0, Math.max(0, MOST_ERRORS - tally.errors)).map(toError)
    tally.errors += kept.length
    return kept.length > 0 ? queries.insertErrors(tx, record.import_id, kept) : Promise.resolve()
  }

  const count = (rows: number, refused: Refused[]): void => {
    tally.read += rows
    tally.good += rows - refused.length
    for (const { problems } of refused)
      for (const problem of problems) tally.problems[problem] = (tally.problems[problem] ?? 0) + 1
  }

  /** Stages the next rows of the file, in one transaction. */
  const stage = async (rows: { row: TableRow; parsed: ParsedImportRow }[]): Promise<void> => {
    const refused: Refused[] = []
    const looked: Looked[] = []
    for (const { row, parsed } of rows) {
      if (parsed.ok) looked.push(look(row, parsed))
      else refused.push({ row, problems: parsed.problems })
    }
    const around = await lookAround(looked)
    const tied = await tie(looked.map(({ parsed }) => parsed.row))
    const good = new Map<number, { row: TableRow; staged: queries.StagedRow }>()
    looked.forEach((each, place) => {
      const its: TiedRow = tied[place] ?? UNTIED
      const person = each.documentIndex ? around.persons.get(each.documentIndex.toString('hex')) : undefined
      const problems = problemsOf(each, person, around)
      if (!its.ok) refused.push({ row: each.row, problems: [...problems, ...its.problems] })
      else if (problems.length > 0) refused.push({ row: each.row, problems })
      else {
        const staged = toStaged(each, person?.personId ?? null, its)
        good.set(each.row.rowNumber, { row: each.row, staged })
      }
    })
    await inTransaction(pool, async (tx) => {
      const staged = [...good.values()].map((each) => each.staged)
      const repeats = await queries.insertRows(tx, record.import_id, staged)
      for (const [rowNumber, detail] of repeats) {
        const row = good.get(rowNumber)?.row
        good.delete(rowNumber)
        if (row) refused.push({ row, problems: ['repeated'], detail })
      }
      await keep(tx, refused)
      const awaiting = [...good.values()].filter((each) => each.staged.data?.contactInList)
      const errors = awaiting.map(({ row }) => toError({ row, problems: ['contact_missing'] }))
      if (errors.length > 0) await queries.insertErrors(tx, record.import_id, errors)
    })
    count(rows.length, refused)
    tally.corrections += looked.filter(({ parsed }) => parsed.row.action !== undefined).length
  }

  /** Refuses the rows whose contact no row of the list made one. Once, after all rows are staged. */
  const settle = async (): Promise<void> => {
    const pairs = listContactPairs(context.ruleset)
    const lost = await inTransaction(pool, (tx) => settleContactRows(tx, record.import_id, pairs))
    if (lost === 0) return
    tally.good -= lost
    tally.errors += lost
    tally.problems.contact_missing = (tally.problems.contact_missing ?? 0) + lost
  }

  return { stage, settle, tally }
}
