import { createHash } from 'node:crypto'
import type { ExposureContent, HealthContent, Matter } from '@jiankangbao/contracts/schemas/declaration'
import type { EntryContent } from '@jiankangbao/contracts/schemas/entry'
import { numberToColour } from '@jiankangbao/domain/decision/coding'
import { divisionCovers } from '@jiankangbao/domain/division'
import { inTransaction } from '../../db/pool.ts'
import { AppError } from '../../errors/app-error.ts'
import type { OperatorCaller } from '../../http/caller.ts'
import { type PageQuery, readCursor, toPage } from '../../http/paging.ts'
import type { Parts } from '../../parts.ts'
import { writeAudit } from '../audit/audit.service.ts'
import type { FindingService } from '../finding/finding.service.ts'
import * as queries from './matter.queries.ts'
import { findRegionName } from './regions.service.ts'
import { readContent } from './versions.service.ts'

// A matter:  waiting → proposed | dismissed. Proposing hands it to a second operator; dismissing needs a note.

/** What was declared, by the kind of the declaration: of an entry registration only what concerns this person. */
const toDeclared = (
  row: queries.MatterRow,
  content: unknown,
): Pick<Matter, 'health' | 'exposure' | 'entry'> => {
  if (row.kind === 'health') return { health: content as HealthContent }
  if (row.kind === 'exposure') return { exposure: content as ExposureContent }
  const { stays, unwell } = content as EntryContent
  const isPerson = (memberId: string | undefined) =>
    memberId === undefined ? row.member_ids.length === 0 : row.member_ids.includes(memberId.toLowerCase())
  return { entry: { stays, symptoms: unwell.find(({ memberId }) => isPerson(memberId))?.symptoms ?? [] } }
}

const toMatter = (encryption: Parts['encryption'], row: queries.MatterRow): Matter => {
  const declared = toDeclared(row, readContent(encryption, row))
  const places = [...(declared.exposure?.riskAreaStays ?? []), ...(declared.entry?.stays ?? [])]
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
    latest: row.latest,
    kind: row.kind,
    declaredAt: row.declared_at.toISOString(),
    ...declared,
    placeNames: Object.fromEntries(
      places.map(({ divisionCode }) => [divisionCode, findRegionName(divisionCode) ?? divisionCode]),
    ),
    areas: row.areas,
    divisionCode: row.division_code,
    divisionName: row.division_name,
    createdAt: row.created_at.toISOString(),
    ...(row.decider_name ? { decidedBy: row.decider_name } : {}),
    ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
    ...(row.note ? { note: row.note } : {}),
  }
}

/** One request id a matter, so that proposing it twice makes one proposal. */
const requestIdOf = (matterId: string): string => {
  const hex = createHash('sha256').update(`declaration-matter:${matterId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Declared facts that wait for an office: it proposes a finding, which a second operator decides, or says why not. */
export const createMatterService = ({
  pool,
  clock,
  encryption,
  findings,
}: Pick<Parts, 'pool' | 'clock' | 'encryption'> & { findings: Pick<FindingService, 'proposeFinding'> }) => {
  const requireVisible = async (caller: OperatorCaller, matterId: string): Promise<queries.MatterRow> => {
    const row = await queries.findMatter(pool, matterId)
    if (!row || !divisionCovers(caller.divisionCode, row.division_code)) throw new AppError('NOT_FOUND')
    return row
  }

  return {
    /** Within the caller's division, newest first. */
    listMatters: async (caller: OperatorCaller, state: Matter['state'] | undefined, query: PageQuery) => {
      const after = readCursor(query.cursor, 'bigint')
      const rows = await queries.listMatters(pool, caller.divisionCode, state, after, query.limit + 1)
      const { items, nextCursor } = toPage(rows, query.limit, (row) => ({
        at: row.created_at.toISOString(),
        id: row.matter_id,
      }))
      return { matters: items.map((row) => toMatter(encryption, row)), ...nextCursor }
    },

    /** @throws AppError NOT_FOUND (also of another division), STATE_CONFLICT where it was decided before */
    decideMatter: async (
      caller: OperatorCaller,
      matterId: string,
      { verdict, note }: { verdict: 'propose' | 'dismiss'; note: string },
    ): Promise<Matter> => {
      const matter = await requireVisible(caller, matterId)
      if (matter.state !== 'waiting') throw new AppError('STATE_CONFLICT')
      if (verdict === 'propose')
        await findings.proposeFinding(caller, {
          requestId: requestIdOf(matterId),
          personId: matter.person_id,
          category: matter.category,
          anchorAt: matter.anchor_at.toISOString(),
          evidence: `declaration ${matter.declaration_id} version ${matter.version}: ${note}`,
          source: caller.organisation,
        })
      await inTransaction(pool, async (tx) => {
        const state = verdict === 'propose' ? 'proposed' : 'dismissed'
        const decision = { matterId, state, operatorId: caller.operatorId, at: clock(), note } as const
        if (!(await queries.decideMatter(tx, decision))) throw new AppError('STATE_CONFLICT')
        await writeAudit(tx, {
          actor: caller,
          action: `declaration_matter.${state}`,
          objectKind: 'declaration',
          objectId: matter.declaration_id,
          purpose: note,
          details: { matterId, personId: matter.person_id, category: matter.category },
        })
      })
      return toMatter(encryption, await requireVisible(caller, matterId))
    },
  }
}

export type MatterService = ReturnType<typeof createMatterService>
