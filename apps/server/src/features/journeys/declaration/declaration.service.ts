import type {
  Declaration,
  Declared,
  ExposureContent,
  ExposureDeclarationRequest,
  HealthContent,
  HealthDeclarationRequest,
} from '@jiankangbao/contracts/declaration/schemas'
import type { FieldError } from '@jiankangbao/contracts/error-codes'
import { PROPOSED_CATEGORIES } from '@jiankangbao/domain/declaration/declaration-rules'
import { findStayFaults, placeOfStay } from '@jiankangbao/domain/declaration/stays'
import { addsSymptom } from '@jiankangbao/domain/declaration/symptoms'
import { isAbroad, readCountry } from '@jiankangbao/domain/place/countries'
import { findStandingRule, type RulesInForce } from '@jiankangbao/domain/status/ruleset'
import { addDays, isCalendarDay, shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError } from '../../../http/app-error.ts'
import type { CitizenCaller } from '../../../http/caller.ts'
import { type PageQuery, readCursor, toPage } from '../../../http/paging.ts'
import { takeFromLimit } from '../../../http/rate-limit.ts'
import type { Parts } from '../../../parts.ts'
import { findCityDivision, namePlaces } from '../../city/place/place.service.ts'
import { placesOfStays, readStayPlaces } from '../../city/place/stay-places.service.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { tickDeclared } from '../../measures/monitoring/declared.service.ts'
import { type HouseholdRow, listHousehold } from '../../people/member/household.queries.ts'
import { findEffect, replaceStays } from './consequences.queries.ts'
import { applyFact, getDeclarationRules, matchStays } from './consequences.service.ts'
import * as queries from './declaration.queries.ts'
import { hasMatch } from './stay-matching.queries.ts'
import { findLastOffice, lockDeclaring, type VersionRow } from './versions.queries.ts'
import {
  findCorrected,
  findRepeated,
  readContent,
  recordVersion,
  toDeclaredVersion,
} from './versions.service.ts'

/** A family of thirteen, some mistakes, and corrections. */
export const DECLARATIONS_PER_HOUR = 60
/** Longest look back for a contact or an entry into the country. */
const LOOK_BACK_DAYS = 28

type DeclaredMatter = Declaration['matters'][number]

const withTitle = (matter: DeclaredMatter, ruleset: RulesInForce): DeclaredMatter => {
  const title = findStandingRule(ruleset, matter.category)?.title
  return title ? { ...matter, title } : matter
}

const startOf = (day: string): Date => new Date(startOfShanghaiDay(day))

/** Declarations of health and of exposure, by a person about themself and the members of the account. */
export const createDeclarationService = ({
  pool,
  clock,
  encryption,
  config,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'>) => {
  const toDeclaration = (
    row: Omit<queries.DeclarationRow, keyof VersionRow> & VersionRow,
    ruleset: RulesInForce,
  ): Declaration => {
    const content = readContent(encryption, row)
    const exposure = row.kind === 'exposure' ? (content as ExposureContent) : undefined
    const { riskAreaStays: places = [], fromAbroad } = exposure ?? {}
    return {
      declarationId: row.declaration_id,
      ...toDeclaredVersion(row),
      kind: row.kind === 'exposure' ? 'exposure' : 'health',
      latest: row.latest,
      ...(row.member_id ? { memberId: row.member_id } : {}),
      nameMasked: row.name_masked,
      matters: row.matters.map((matter) => withTitle(matter, ruleset)),
      ...(row.kind === 'exposure'
        ? { exposure: content as ExposureContent }
        : { health: content as HealthContent }),
      placeNames: namePlaces([...placesOfStays(places), ...(fromAbroad ? [fromAbroad.country] : [])]),
    }
  }

  const requireDeclared = (household: HouseholdRow[], memberId: string | undefined): HouseholdRow => {
    if (!household.some((person) => person.member_id === null)) throw new AppError('NOT_REGISTERED')
    const person = household.find(({ member_id }) => member_id === (memberId?.toLowerCase() ?? null))
    if (!person) throw fieldError('memberId', 'not_a_member')
    return person
  }

  const requirePastDay = (field: string, day: string, now: Date): void => {
    const today = shanghaiDayOf(now.getTime())
    if (!isCalendarDay(day)) throw fieldError(field, 'format')
    if (day > today) throw fieldError(field, 'in_the_future')
    if (day < addDays(today, -LOOK_BACK_DAYS)) throw fieldError(field, 'too_long_ago')
  }

  /** `before` is what the version that is corrected says. */
  type Consequences = (
    tx: Transaction,
    row: VersionRow,
    person: HouseholdRow,
    now: Date,
    before: unknown,
  ) => Promise<void>

  const declare = async (
    caller: CitizenCaller,
    kind: 'health' | 'exposure',
    request: { requestId: string; corrects?: string | undefined; memberId?: string | undefined },
    content: HealthContent | ExposureContent,
    consequences: Consequences,
  ): Promise<Declared> => {
    const { requestId, corrects, memberId } = request
    await takeFromLimit(pool, `declare:${caller.accountId}`, DECLARATIONS_PER_HOUR, 3600)
    return inTransaction(pool, async (tx) => {
      await lockDeclaring(tx, caller.accountId)
      const now = clock()
      const person = requireDeclared(await listHousehold(tx, caller.accountId), memberId)
      const answer = async (row: VersionRow): Promise<Declared> => ({
        declaration: toDeclaration(
          { ...row, ...person, latest: true, matters: await queries.listMattersOf(tx, row.declaration_id) },
          await getRulesetInForce(tx, now),
        ),
        effect: await findEffect(tx, row.declaration_id),
      })
      const repeated = await findRepeated(tx, encryption, caller, { kind, requestId, content })
      if (repeated) return answer(repeated)
      const row = await recordVersion(
        tx,
        encryption,
        caller,
        {
          kind,
          requestId,
          corrects,
          personId: person.person_id,
          officeCode: content.divisionCode,
          content,
        },
        now,
      )
      await consequences(tx, row, person, now, await findCorrected(tx, encryption, row))
      return answer(row)
    })
  }

  const exposureConsequences =
    (content: ExposureContent): Consequences =>
    async (tx, row, person, now) => {
      const rules = await getDeclarationRules(tx, now)
      const fact = {
        personId: person.person_id,
        declarationId: row.declaration_id,
        version: row.version,
        source: 'exposure_declaration' as const,
      }
      const { divisionCode } = content
      const by = (ruleCategory: string | null) => ({ ruleCategory, ownWord: person.own_word, divisionCode })
      const { declaration_id: declarationId, version } = row
      const persons = [{ personId: person.person_id, ownWord: person.own_word }]
      const declared = { declarationId, version, officeCode: divisionCode, source: fact.source, persons }
      await replaceStays(tx, { ...declared, stays: content.riskAreaStays }, now)
      if (content.riskAreaStays.length > 0) {
        await matchStays(tx, now, declarationId)
      }
      const inCountry = content.riskAreaStays.filter((stay) => !isAbroad(placeOfStay(stay)))
      if (inCountry.length > 0) {
        const latest =
          inCountry
            .map(({ toOn }) => toOn)
            .sort()
            .at(-1) ?? ''
        const claimed = { ...fact, category: PROPOSED_CATEGORIES.claimedRiskArea, anchorAt: startOf(latest) }
        if (!(await hasMatch(tx, declarationId))) await applyFact(tx, claimed, by(rules.claimedRiskArea), now)
      }
      if (content.toldContact) {
        const anchorAt = startOf(content.toldContact.lastContactOn)
        const contact = { ...fact, category: PROPOSED_CATEGORIES.toldContact, anchorAt }
        await applyFact(tx, contact, by(rules.toldContact), now)
      }
      if (content.fromAbroad) {
        const abroad = {
          ...fact,
          category: PROPOSED_CATEGORIES.fromAbroad,
          anchorAt: startOf(content.fromAbroad.enteredOn),
        }
        await applyFact(tx, abroad, by(rules.fromAbroad), now)
      }
    }

  const requireDivision = async (code: string): Promise<string> => {
    const division = await findCityDivision(pool, code)
    if (!division) throw fieldError('divisionCode', 'unknown_place')
    return division.code
  }

  const checkExposure = (content: ExposureContent, placeFaults: readonly FieldError[], now: Date): void => {
    const fields: FieldError[] = findStayFaults(content.riskAreaStays, shanghaiDayOf(now.getTime())).map(
      ({ at, field, reason }) => ({ field: `riskAreaStays.${at}.${field}`, reason }),
    )
    fields.push(...placeFaults)
    if (fields.length > 0) throw new AppError('VALIDATION_FAILED', { fields })
    const { toldContact, fromAbroad, riskAreaStays } = content
    if (toldContact) requirePastDay('toldContact.lastContactOn', toldContact.lastContactOn, now)
    if (fromAbroad && readCountry(fromAbroad.country) === undefined)
      throw fieldError('fromAbroad.country', 'unknown_place')
    if (fromAbroad) requirePastDay('fromAbroad.enteredOn', fromAbroad.enteredOn, now)
    if (!toldContact && !fromAbroad && riskAreaStays.length === 0)
      throw fieldError('riskAreaStays', 'nothing_declared')
  }

  return {
    /**
     * Today's health of the caller or a member. A symptom makes a finding at once (see `applyFact`); a later version
     * takes nothing back: that needs a test or an appeal. What it adds is a fact of the moment it was added.
     * @throws AppError NOT_REGISTERED, VALIDATION_FAILED, NOT_FOUND, REQUEST_ID_REUSED, TOO_MANY_REQUESTS
     */
    declareHealth: async (caller: CitizenCaller, body: HealthDeclarationRequest): Promise<Declared> => {
      const { requestId, corrects, commitment: _, ...declared } = body
      const where =
        declared.divisionCode === undefined
          ? {}
          : { divisionCode: await requireDivision(declared.divisionCode) }
      const content = { ...declared, ...where }
      return declare(
        caller,
        'health',
        { requestId, corrects, memberId: body.memberId },
        content,
        async (tx, row, person, now, corrected) => {
          const before = corrected as HealthContent | undefined
          await tickDeclared(tx, encryption, person.person_id, content, now)
          const rules = await getDeclarationRules(tx, now)
          const fact = {
            personId: person.person_id,
            declarationId: row.declaration_id,
            version: row.version,
            source: 'health_declaration' as const,
            anchorAt: now,
          }
          const divisionCode =
            content.divisionCode ?? (await findLastOffice(tx, person.person_id)) ?? config.city.divisionCode
          const by = (ruleCategory: string | null) => ({
            ruleCategory,
            ownWord: person.own_word,
            divisionCode,
          })
          if (addsSymptom(content, before))
            await applyFact(tx, { ...fact, category: PROPOSED_CATEGORIES.symptom }, by(rules.symptom), now)
          if (content.hadContact && !before?.hadContact)
            await applyFact(
              tx,
              { ...fact, category: PROPOSED_CATEGORIES.toldContact },
              by(rules.toldContact),
              now,
            )
        },
      )
    },

    /**
     * "I was in a risk area, I was told I am a contact, I came from abroad." What follows is in the ruleset.
     * @throws AppError as `declareHealth`
     */
    declareExposure: async (caller: CitizenCaller, body: ExposureDeclarationRequest): Promise<Declared> => {
      const { requestId, corrects, commitment: _, ...declared } = body
      const { stays: riskAreaStays, faults } = await readStayPlaces(
        pool,
        declared.riskAreaStays,
        'riskAreaStays',
      )
      checkExposure(declared, faults, clock())
      const divisionCode = await requireDivision(declared.divisionCode)
      const content = { ...declared, riskAreaStays, divisionCode }
      const request = { requestId, corrects, memberId: body.memberId }
      return declare(caller, 'exposure', request, content, exposureConsequences(content))
    },

    /** Everything the account declared, every version, newest first. */
    listMyDeclarations: async (caller: CitizenCaller, query: PageQuery) => {
      const after = readCursor(query.cursor, 'uuid')
      const rows = await queries.listDeclarations(pool, caller.accountId, after, query.limit + 1)
      const { items, nextCursor } = toPage(rows, query.limit, (row) => ({
        at: row.declared_at.toISOString(),
        id: row.declaration_id,
      }))
      const ruleset = await getRulesetInForce(pool, clock())
      return { declarations: items.map((row) => toDeclaration(row, ruleset)), ...nextCursor }
    },
  }
}

export type DeclarationService = ReturnType<typeof createDeclarationService>
