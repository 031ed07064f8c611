import { randomUUID } from 'node:crypto'
import type { ExposureContent, HealthContent, Matter } from '@jiankangbao/contracts/declaration/schemas'
import type { EntryContent } from '@jiankangbao/contracts/entry/schemas'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { divisionCovers } from '@jiankangbao/domain/division'
import { inTransaction, type Queryable, type Transaction } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import { type PageQuery, readCursor, toPage } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { namePlaces } from '../../city/place/place.service.ts'
import { placesOfStays } from '../../city/place/stay-places.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { writeNotice } from '../../ledger/notice/notice.service.ts'
import type { FindingService } from '../../measures/finding/finding.service.ts'
import { listRatedAreas } from './consequences.service.ts'
import { reopenMatterOf } from './lapsed-matters.ts'
import * as queries from './matter.queries.ts'
import { readContent } from './versions.service.ts'

// A matter:  waiting → proposed → approved | rejected, or dismissed. Proposing hands it to a second operator, whose
// decision is its end; a proposal that nobody decides in time lets it wait again. Dismissing needs a note. The account
// that declared is told of the end.

type DeclaredContent = Pick<Matter, 'health' | 'exposure' | 'entry'>

const listPlaces = ({ exposure, entry }: DeclaredContent) => [
  ...(exposure?.riskAreaStays ?? []),
  ...(entry?.stays ?? []),
]

/** The country that somebody says they came from. */
const listCountries = ({ exposure }: DeclaredContent): string[] =>
  exposure?.fromAbroad ? [exposure.fromAbroad.country] : []

/** What the latest version says, where it is not the one the matter is about. */
const toCorrected = (encryption: Parts['encryption'], row: queries.MatterRow): Matter['corrected'] => {
  const { latest_version: version, latest_declared_at: at, latest_content_encrypted: content } = row
  if (version === null || !at || !content) return undefined
  const declared = toDeclared(
    row,
    readContent(encryption, {
      declaration_id: row.declaration_id,
      version,
      content_encrypted: content,
    }),
  )
  return { version, declaredAt: at.toISOString(), ...declared }
}

/** What was declared, by the kind of the declaration: of an entry registration only what concerns this person. */
const toDeclared = (row: queries.MatterRow, content: unknown): DeclaredContent => {
  if (row.kind === 'health') return { health: content as HealthContent }
  if (row.kind === 'exposure') return { exposure: content as ExposureContent }
  const { stays, unwell } = content as EntryContent
  const isPerson = (memberId: string | undefined) =>
    memberId === undefined ? row.member_ids.length === 0 : row.member_ids.includes(memberId.toLowerCase())
  return { entry: { stays, symptoms: unwell.find(({ memberId }) => isPerson(memberId))?.symptoms ?? [] } }
}

const toMatter = (encryption: Parts['encryption'], row: queries.MatterRow): Matter => {
  const declared = toDeclared(row, readContent(encryption, row))
  const corrected = toCorrected(encryption, row)
  const places = [...listPlaces(declared), ...listPlaces(corrected ?? {})]
  return {
    matterId: row.matter_id,
    state: row.state,
    cause: row.cause,
    category: row.category,
    anchorAt: row.anchor_at.toISOString(),
    person: {
      personId: row.person_id,
      nameMasked: row.name_masked,
      colour: numberToColour(row.colour),
    },
    declarationId: row.declaration_id,
    version: row.version,
    kind: row.kind,
    declaredAt: row.declared_at.toISOString(),
    ...declared,
    ...(corrected ? { corrected } : {}),
    placeNames: namePlaces([
      ...placesOfStays(places),
      ...listCountries(declared),
      ...listCountries(corrected ?? {}),
    ]),
    areas: row.areas.map(({ name, level }) => ({ name, level })),
    divisionCode: row.division_code,
    divisionName: row.division_name,
    createdAt: row.created_at.toISOString(),
    ...(row.proposal_id ? { proposalId: row.proposal_id } : {}),
    ...(row.decider_name ? { decidedBy: row.decider_name } : {}),
    ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
    ...(row.note ? { note: row.note } : {}),
  }
}

const byId = (one: queries.MatterArea, other: queries.MatterArea): number =>
  Number(BigInt(one.areaId) - BigInt(other.areaId))

/** Whoever looks at one that waits is asked about what is rated now too, not only about what was as it was written. */
const withRatedNow = async (
  db: Queryable,
  rows: queries.MatterRow[],
  now: Date,
): Promise<queries.MatterRow[]> => {
  const codes = rows.flatMap((row) => (row.state === 'waiting' && row.place_code ? [row.place_code] : []))
  const rated = await listRatedAreas(db, [...new Set(codes)], now)
  return rows.map((row) => {
    if (row.state !== 'waiting') return row
    const known = new Set(row.areas.map(({ areaId }) => areaId))
    const more = rated.filter(
      ({ code, category, area_id }) =>
        code === row.place_code && category === row.category && !known.has(area_id),
    )
    const areas = more.map(({ area_id, name, level }) => ({ areaId: area_id, name, level }))
    return { ...row, areas: [...row.areas, ...areas].sort(byId) }
  })
}

/** Declared facts that wait for an office: it proposes a finding, which a second operator decides, or says why not. */
export const createMatterService = ({
  pool,
  clock,
  encryption,
  findings,
  proposals,
}: Pick<Parts, 'pool' | 'clock' | 'encryption'> & {
  findings: Pick<FindingService, 'proposeFindingIn'>
  proposals: Pick<ProposalService, 'onDecided'>
}) => {
  const requireVisible = async (caller: OperatorCaller, matterId: string): Promise<queries.MatterRow> => {
    const found = await queries.findMatter(pool, matterId)
    const [row] = await withRatedNow(pool, found ? [found] : [], clock())
    if (!row || !divisionCovers(caller.divisionCode, row.division_code)) throw new AppError('NOT_FOUND')
    return row
  }

  const tell = (tx: Transaction, ended: queries.EndedMatter, outcome: string): Promise<void> =>
    writeNotice(tx, {
      accountId: ended.account_id,
      kind: 'declaration_checked',
      details: { name: ended.name_masked, declarationId: ended.declaration_id, outcome },
      at: clock(),
    })

  proposals.onDecided(async (tx, { proposalId, state }) => {
    // Taken back: nobody decided, the question is open again.
    if (state === 'withdrawn') return reopenMatterOf(tx, proposalId)
    const ended = await queries.endProposedMatter(tx, proposalId, state)
    if (ended) await tell(tx, ended, state)
  })

  const decide = async (
    tx: Transaction,
    caller: OperatorCaller,
    matter: queries.MatterRow,
    { verdict, note }: { verdict: 'propose' | 'dismiss'; note: string },
  ): Promise<void> => {
    const { matter_id: matterId, person_id: personId, category, declaration_id: declarationId } = matter
    if ((await queries.lockMatter(tx, matterId)) !== 'waiting') throw new AppError('STATE_CONFLICT')
    const proposalId =
      verdict === 'dismiss'
        ? null
        : await findings.proposeFindingIn(tx, caller, {
            requestId: randomUUID(),
            personId,
            category,
            anchorAt: matter.anchor_at.toISOString(),
            evidence: `declaration ${declarationId} version ${matter.version}: ${note}`,
            source: caller.organisation,
          })
    const state = verdict === 'propose' ? 'proposed' : 'dismissed'
    const { operatorId } = caller
    const areaIds = matter.areas.map(({ areaId }) => areaId)
    await queries.decideMatter(tx, { matterId, state, proposalId, operatorId, at: clock(), note, areaIds })
    await writeAudit(tx, {
      actor: caller,
      action: `declaration_matter.${state}`,
      objectKind: 'declaration',
      objectId: declarationId,
      purpose: note,
      details: { matterId, personId, category, ...(proposalId ? { proposalId } : {}) },
    })
    if (verdict === 'dismiss') await tell(tx, matter, state)
  }

  return {
    /** Within the caller's division: those that wait oldest first, the others newest first. */
    listMatters: async (caller: OperatorCaller, state: Matter['state'] | undefined, query: PageQuery) => {
      const after = readCursor(query.cursor, 'bigint')
      const rows = await queries.listMatters(pool, caller.divisionCode, state, after, query.limit + 1)
      const page = toPage(rows, query.limit, (row) => ({
        at: row.created_at.toISOString(),
        id: row.matter_id,
      }))
      const { nextCursor } = page
      const items = await withRatedNow(pool, page.items, clock())
      return { matters: items.map((row) => toMatter(encryption, row)), ...nextCursor }
    },

    /** @throws AppError NOT_FOUND (also of another division), STATE_CONFLICT where it was decided before */
    decideMatter: async (
      caller: OperatorCaller,
      matterId: string,
      decision: { verdict: 'propose' | 'dismiss'; note: string },
    ): Promise<Matter> => {
      const matter = await requireVisible(caller, matterId)
      await inTransaction(pool, (tx) => decide(tx, caller, matter, decision))
      return toMatter(encryption, await requireVisible(caller, matterId))
    },
  }
}

export type MatterService = ReturnType<typeof createMatterService>
