import { Readable } from 'node:stream'
import { IMPORT_PART_BYTES } from '@jiankangbao/contracts/import/limits'
import type {
  Import,
  ImportKind,
  ImportState,
  NewImport,
  NewImportUndo,
} from '@jiankangbao/contracts/import/schemas'
import { divisionCovers, divisionPrefix } from '@jiankangbao/domain/division'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import { inRow } from '../../../keys/encrypted-fields.ts'
import type { Parts } from '../../../parts.ts'
import type { ProposalService } from '../../approval/proposal/proposal.service.ts'
import { getRulesetInForce } from '../../colours/rules/ruleset.service.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import { readCategoryWords } from '../columns/category-words.ts'
import { listKnownWords } from '../columns/known-words.ts'
import { createErrorFile } from '../file/error-file.ts'
import { templateOf } from '../file/template.ts'
import { KNOWN_COLUMNS, LIST_KINDS } from '../kinds/kinds.ts'
import * as queries from '../store/import.queries.ts'
import { placeOf } from '../store/sheet-places.ts'
import { listSample } from '../store/staging.queries.ts'
import { findUndoneFile } from '../store/undo.queries.ts'
import { createImportProposals } from './import-proposal.ts'
import { toImport, toSampleRow } from './import-view.ts'
import { createUndoProposals } from './undo-proposal.ts'

// An import:  uploading → waiting → checking → checked | failed;  checked → proposed → applying → applied | rejected |
// expired;  cancelled from any state before it is proposed. Only a list without a single refused row can be proposed.

const MOST_UNFINISHED = 5
const SHOWN_ERRORS = 100
const EXPORT_PAGE = 1000
/** So many from the beginning and so many by chance. */
const SAMPLE_ROWS = 10
const UPLOAD_LIFE_MS = 24 * 3600_000
const CHECKED_LIFE_MS = 7 * 24 * 3600_000

const partsOf = (fileBytes: number): number => Math.ceil(fileBytes / IMPORT_PART_BYTES)

const toPart = (
  row: queries.ImportRecord,
  partText: string,
  content: string,
): { part: number; bytes: Buffer } => {
  const part = Number(partText)
  const last = partsOf(Number(row.file_bytes)) - 1
  if (part > last) throw fieldError('part', 'invalid')
  const bytes = Buffer.from(content, 'base64')
  const expected = part < last ? IMPORT_PART_BYTES : Number(row.file_bytes) - last * IMPORT_PART_BYTES
  if (bytes.length !== expected) throw fieldError('content', 'length')
  return { part, bytes }
}

/** Lists in the hands of operators: uploaded, looked at, proposed or given up. The jobs check and apply them. */
export const createImportService = ({
  pool,
  clock,
  encryption,
  config,
  proposals,
}: Pick<Parts, 'pool' | 'clock' | 'encryption' | 'config'> & { proposals: ProposalService }) => {
  const mayHandle = (caller: OperatorCaller, kind: ImportKind): boolean =>
    hasRole(caller, 'hq', 'office') || LIST_KINDS[kind].ofLaboratory === true

  const isVisible = (caller: OperatorCaller, row: queries.ImportRecord): boolean =>
    mayHandle(caller, row.kind) &&
    divisionCovers(caller.divisionCode, row.division_code) &&
    (hasRole(caller, 'hq', 'office') || row.uploaded_by === caller.operatorId)

  const requireVisible = (
    caller: OperatorCaller,
    row: queries.ImportRecord | undefined,
  ): queries.ImportRecord => {
    if (!row || !isVisible(caller, row)) throw new AppError('NOT_FOUND')
    return row
  }

  /** The list that came of the same file before, where the caller may see it. */
  const hideOther = async (caller: OperatorCaller, row: queries.ImportRecord): Promise<string[]> => {
    const [otherId] = row.failure_details
    if (row.failure !== 'same_file' || otherId === undefined) return row.failure_details
    const other = await queries.findImport(pool, clock(), otherId)
    return other && isVisible(caller, other) ? [otherId] : []
  }

  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    importId: string,
    details: Record<string, unknown> = {},
  ) => writeAudit(tx, { actor: caller, action, objectKind: 'import', objectId: importId, details })

  const read = async (caller: OperatorCaller, importId: string): Promise<Import> => {
    const row = requireVisible(caller, await queries.findImport(pool, clock(), importId))
    const parts = row.state === 'uploading' ? await queries.listParts(pool, importId) : undefined
    const failure_details = await hideOther(caller, row)
    const before = await findUndoneFile(pool, importId, divisionPrefix(caller.divisionCode))
    return {
      ...toImport(caller, { ...row, failure_details }),
      ...(parts ? { partsReceived: parts } : {}),
      ...(before ? { undoneBefore: { importId: before.import_id, at: before.undone_at.toISOString() } } : {}),
    }
  }

  /** Laboratories speak for themselves only: the one that is named like the operator's organisation. */
  const laboratoryNameFor = (caller: OperatorCaller): string | null =>
    hasRole(caller, 'hq', 'office') ? null : caller.organisation

  const requireLaboratory = async (caller: OperatorCaller, { kind, partnerId }: NewImport): Promise<void> => {
    if (!LIST_KINDS[kind].ofLaboratory) {
      if (partnerId) throw fieldError('partnerId', 'not_allowed')
      return
    }
    if (!partnerId) throw fieldError('partnerId', 'required')
    const laboratories = await queries.listLaboratories(pool, laboratoryNameFor(caller))
    if (!laboratories.some((each) => each.partnerId === partnerId)) throw fieldError('partnerId', 'not_found')
  }

  /** Runs one act on an import held until commit, then shows the result. */
  const actOn = async (
    caller: OperatorCaller,
    importId: string,
    states: readonly ImportState[],
    act: (tx: Transaction, row: queries.ImportRecord) => Promise<void>,
  ): Promise<Import> => {
    await inTransaction(pool, async (tx) => {
      const row = requireVisible(caller, await queries.lockImport(tx, clock(), importId))
      if (!states.includes(row.state)) throw stateConflict('state', row.state)
      await act(tx, row)
    })
    return read(caller, importId)
  }

  const proposeList = createImportProposals({ clock, config, proposals })
  const proposeUndo = createUndoProposals({ clock, config, proposals })

  // Of a row that was fine and came too late nothing is kept.
  const readCells = (importId: string, rowNumber: number, cells: Buffer): string[] =>
    cells.length === 0
      ? []
      : JSON.parse(encryption.decrypt(cells, inRow('import_errors.cells', importId, rowNumber)))

  async function* errorLines(row: queries.ImportRecord): AsyncGenerator<string> {
    const categories = readCategoryWords([await getRulesetInForce(pool, clock())])
    const heading = row.heading
      ? encryption.decrypt(row.heading, inRow('imports.heading', row.import_id))
      : '[]'
    const file = createErrorFile(JSON.parse(heading) as string[], categories, row.sheets)
    yield file.heading
    for (let after = 0; ; ) {
      const page = await queries.listErrors(pool, row.import_id, after, EXPORT_PAGE)
      yield page
        .map(({ row_number: rowNumber, problems, detail, cells }) =>
          file.line({
            row: { rowNumber, cells: readCells(row.import_id, rowNumber, cells) },
            problems,
            firstRow: detail ? Number(detail) : undefined,
          }),
        )
        .join('')
      after = page.at(-1)?.row_number ?? after
      if (page.length < EXPORT_PAGE) return
    }
  }

  return {
    /** @throws AppError FORBIDDEN (kind), VALIDATION_FAILED (laboratory), TOO_MANY_REQUESTS, REQUEST_ID_REUSED. */
    createImport: async (caller: OperatorCaller, body: NewImport): Promise<Import> => {
      if (!mayHandle(caller, body.kind)) throw new AppError('FORBIDDEN')
      const known = await queries.findImportOfRequest(pool, clock(), caller.operatorId, body.requestId)
      if (known) {
        if (known.kind !== body.kind || Number(known.file_bytes) !== body.fileBytes)
          throw new AppError('REQUEST_ID_REUSED')
        return read(caller, known.import_id)
      }
      await requireLaboratory(caller, body)
      if ((await queries.countUnfinished(pool, caller.operatorId)) >= MOST_UNFINISHED)
        throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 })
      const importId = await inTransaction(pool, async (tx) => {
        const made = await queries.insertImport(tx, {
          kind: body.kind,
          fileName: body.fileName,
          fileBytes: body.fileBytes,
          sheet: body.sheet ?? null,
          partnerId: body.partnerId ?? null,
          evidence: body.evidence,
          source: laboratoryNameFor(caller) ?? body.source,
          uploadedBy: caller.operatorId,
          uploadedAt: clock(),
          divisionCode: caller.divisionCode,
          requestId: body.requestId,
        })
        if (made) await audit(tx, caller, 'import.created', made, { kind: body.kind, bytes: body.fileBytes })
        return made
      })
      const other = importId
        ? undefined
        : await queries.findImportOfRequest(pool, clock(), caller.operatorId, body.requestId)
      return read(caller, importId ?? other?.import_id ?? '')
    },

    /** One part of the file, kept encrypted. @throws AppError VALIDATION_FAILED (number or length), STATE_CONFLICT. */
    putImportPart: async (
      caller: OperatorCaller,
      importId: string,
      partText: string,
      content: string,
    ): Promise<void> => {
      const row = requireVisible(caller, await queries.findImport(pool, clock(), importId))
      if (row.uploaded_by !== caller.operatorId) throw new AppError('NOT_FOUND')
      const { part, bytes } = toPart(row, partText, content)
      const encrypted = encryption.encrypt(
        bytes.toString('base64'),
        inRow('import_parts.content', row.import_id, part),
      )
      await inTransaction(pool, async (tx) => {
        const held = await queries.lockImport(tx, clock(), importId)
        if (held?.state !== 'uploading') throw stateConflict('state', held?.state ?? '')
        await queries.upsertPart(tx, importId, part, encrypted)
      })
    },

    /** Hands the file over to be checked. A repeat finds it handed over. @throws AppError VALIDATION_FAILED: parts missing. */
    completeImportUpload: async (caller: OperatorCaller, importId: string): Promise<Import> => {
      const known = await read(caller, importId)
      if (known.mine && known.state !== 'uploading') return known
      return actOn(caller, importId, ['uploading'], async (tx, row) => {
        if (row.uploaded_by !== caller.operatorId) throw new AppError('NOT_FOUND')
        const received = (await queries.listParts(tx, importId)).length
        if (received !== partsOf(Number(row.file_bytes))) throw fieldError('parts', 'missing')
        await queries.setState(tx, importId, 'waiting')
        await audit(tx, caller, 'import.uploaded', importId)
        await tx.query(`select pg_notify('imports', '')`)
      })
    },

    listImports: async (
      caller: OperatorCaller,
      query: {
        cursor?: string | undefined
        limit?: number | undefined
        kind?: ImportKind | undefined
        state?: ImportState | undefined
      },
    ) => {
      const limit = query.limit ?? 20
      const rows = await queries.listImports(pool, clock(), {
        divisionPrefix: divisionPrefix(caller.divisionCode),
        onlyOf: hasRole(caller, 'hq', 'office') ? null : caller.operatorId,
        kind: query.kind ?? null,
        state: query.state ?? null,
        beforeId: readIdCursor(query.cursor),
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        imports: page.map((row) => toImport(caller, row)),
        ...(rows.length > limit && last ? { nextCursor: last.import_id } : {}),
      }
    },

    getImport: read,

    listImportErrors: async (caller: OperatorCaller, importId: string) => {
      const { sheets } = requireVisible(caller, await queries.findImport(pool, clock(), importId))
      const rows = await queries.listErrors(pool, importId, 0, SHOWN_ERRORS)
      return {
        errors: rows.map(({ row_number, problems, detail }) => ({
          ...placeOf(sheets, row_number),
          problems,
          ...(detail ? { repeats: placeOf(sheets, Number(detail)) } : {}),
        })),
      }
    },

    /** Some of the rows, masked, for whoever decides on the list. */
    listImportSample: async (caller: OperatorCaller, importId: string) => {
      const { sheets } = requireVisible(caller, await queries.findImport(pool, clock(), importId))
      const rows = await listSample(pool, importId, SAMPLE_ROWS)
      return { rows: rows.map((row) => toSampleRow(row, sheets, encryption)) }
    },

    /** Has the effect of a proposed list, or of undoing an applied one, counted anew. @throws AppError STATE_CONFLICT: neither. */
    recountImport: (caller: OperatorCaller, importId: string): Promise<Import> =>
      actOn(caller, importId, ['proposed', 'applied'], async (tx, row) => {
        if (row.state === 'applied' && !LIST_KINDS[row.kind].undo) throw new AppError('STATE_CONFLICT')
        await queries.requestRecount(tx, importId)
        await audit(tx, caller, 'import.recounted', importId)
        await tx.query(`select pg_notify('imports', '')`)
      }),

    /** Every refused row as it came. It holds personal data: only its uploader gets it, and the log says so. */
    exportImportErrors: async (caller: OperatorCaller, importId: string): Promise<Readable> => {
      const row = requireVisible(caller, await queries.findImport(pool, clock(), importId))
      if (row.uploaded_by !== caller.operatorId) throw new AppError('FORBIDDEN')
      await inTransaction(pool, (tx) => audit(tx, caller, 'import.errors_exported', importId))
      return Readable.from(errorLines(row))
    },

    /** Gives a list up before it is proposed; one being checked stops within a moment. */
    cancelImport: (caller: OperatorCaller, importId: string): Promise<Import> =>
      actOn(caller, importId, ['uploading', 'waiting', 'checking', 'checked', 'failed'], async (tx, row) => {
        if (row.uploaded_by !== caller.operatorId && !hasRole(caller, 'hq')) throw new AppError('NOT_FOUND')
        await queries.requestCancel(tx, importId)
        if (row.state !== 'checking') {
          await queries.setState(tx, importId, 'cancelled')
          await queries.dropContent(tx, importId, true)
        }
        await audit(tx, caller, 'import.cancelled', importId)
      }),

    /** @throws AppError STATE_CONFLICT: not checked, or with refused rows (`rows` / `refused`), or nothing in it. */
    proposeImport: async (caller: OperatorCaller, importId: string, requestId: string) => {
      const proposalId = await inTransaction(pool, async (tx) => {
        const row = requireVisible(caller, await queries.lockImport(tx, clock(), importId))
        if (row.uploaded_by !== caller.operatorId) throw new AppError('NOT_FOUND')
        return proposeList(tx, caller, row, requestId)
      })
      return proposals.getProposal(caller, proposalId)
    },

    /**
     * @throws AppError STATE_CONFLICT: not applied, of a kind that can not be undone, nothing of it stands, an open proposal
     * undoes it already, or its effect was not counted within a day (`checkedAt` / `figures_old`).
     */
    proposeImportUndo: async (caller: OperatorCaller, importId: string, body: NewImportUndo) => {
      const proposalId = await inTransaction(pool, async (tx) => {
        const row = requireVisible(caller, await queries.lockImport(tx, clock(), importId))
        return proposeUndo(tx, caller, row, body)
      })
      return proposals.getProposal(caller, proposalId)
    },

    exportImportTemplate: async (kind: ImportKind): Promise<string> =>
      templateOf(kind, readCategoryWords([await getRulesetInForce(pool, clock())])),

    /** What lists may write, and what of it headquarters may add words to. */
    listListWords: async () => ({
      fields: listKnownWords(KNOWN_COLUMNS, await getRulesetInForce(pool, clock())),
    }),

    listLaboratories: async (caller: OperatorCaller) => ({
      laboratories: await queries.listLaboratories(pool, laboratoryNameFor(caller)),
    }),
  }
}

export type ImportService = ReturnType<typeof createImportService>

/** Gives up what nobody goes on with: uploads after a day, checked lists after a week, lists whose proposal ran out. */
export const dropAbandonedImports = async ({ pool, clock }: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  const now = clock().getTime()
  const abandoned = await queries.listAbandoned(
    pool,
    new Date(now - UPLOAD_LIFE_MS),
    new Date(now - CHECKED_LIFE_MS),
  )
  for (const importId of abandoned)
    await inTransaction(pool, async (tx) => {
      await queries.setState(tx, importId, 'expired')
      await queries.dropContent(tx, importId, true)
      await writeAudit(tx, {
        actor: { kind: 'system' },
        action: 'import.expired',
        objectKind: 'import',
        objectId: importId,
      })
    })
}
