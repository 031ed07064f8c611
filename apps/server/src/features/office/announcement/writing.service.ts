import { randomUUID } from 'node:crypto'
import { ANNOUNCEMENT_FILE_BYTES, ANNOUNCEMENT_MAX_FILES } from '@jiankangbao/contracts/announcement/limits'
import type {
  AnnouncementFile,
  AnnouncementVersion,
  KeptAnnouncement,
} from '@jiankangbao/contracts/announcement/schemas'
import type { WrittenAnnouncement } from '@jiankangbao/contracts/announcement/written'
import type { Call } from '@jiankangbao/contracts/schemas'
import { divisionPrefix } from '@jiankangbao/domain/division'
import type { AnnouncementKind } from '@jiankangbao/domain/vocabulary/announcements'
import { inTransaction, type Transaction } from '../../../db/pool.ts'
import { AppError, fieldError, stateConflict } from '../../../http/app-error.ts'
import { hasRole, type OperatorCaller } from '../../../http/caller.ts'
import { readIdCursor } from '../../../http/paging.ts'
import type { Parts } from '../../../parts.ts'
import { writeAudit } from '../../ledger/audit/audit.service.ts'
import * as queries from './announcement.queries.ts'
import { toVersion } from './announcement-view.ts'
import { checkPdf } from './check-pdf.ts'
import * as files from './file.queries.ts'
import { requireKept, showKept, toFile } from './kept.ts'
import { renderMarkdown } from './render-markdown.ts'
import { readWritten } from './written-fields.ts'

const namedFiles = (rows: readonly files.FileRow[]) =>
  rows.map(({ file_id, number, kind }) => ({ fileId: file_id, number, kind }))

/** The hotline writes questions with their answers, and nothing else. */
const requireMayWrite = (caller: OperatorCaller, kind: AnnouncementKind): void => {
  if (kind !== 'question' && !hasRole(caller, 'hq', 'office'))
    throw new AppError('FORBIDDEN', { fields: [{ field: 'kind', reason: 'questions_only' }] })
}

/** Announcements as their offices write them, up to the moment when somebody else releases them. */
export const createWritingService = (parts: Pick<Parts, 'pool' | 'clock' | 'config' | 'pictures'>) => {
  const { pool, clock, pictures } = parts

  const audit = (
    tx: Transaction,
    caller: OperatorCaller,
    action: string,
    announcementId: string,
    details: object,
  ) =>
    writeAudit(tx, {
      actor: caller,
      action,
      objectKind: 'announcement',
      objectId: announcementId,
      details: { ...details },
    })

  const getVersion = async (
    caller: OperatorCaller,
    announcementId: string,
    version?: number,
  ): Promise<AnnouncementVersion> => {
    const now = clock()
    await requireKept(pool, caller, now, announcementId)
    const rows = await queries.listVersions(pool, now, announcementId)
    const row = version === undefined ? rows[0] : rows.find((each) => each.version === version)
    if (!row) throw new AppError('NOT_FOUND')
    return toVersion(row)
  }

  /** Held until commit, with its versions, the latest first. */
  const hold = async (tx: Transaction, caller: OperatorCaller, announcementId: string) => {
    await queries.holdAnnouncement(tx, announcementId)
    const now = clock()
    const head = await requireKept(tx, caller, now, announcementId)
    requireMayWrite(caller, head.kind)
    return { head, versions: await queries.listVersions(tx, now, announcementId) }
  }

  const saveIn = async (
    tx: Transaction,
    caller: OperatorCaller,
    announcementId: string,
    { draft, revision }: { draft: WrittenAnnouncement; revision: number },
  ): Promise<void> => {
    const { head, versions } = await hold(tx, caller, announcementId)
    if (head.withdrawn_at) throw stateConflict('announcementId', 'withdrawn')
    const [latest] = versions
    const open = latest && latest.state !== 'released' ? latest : undefined
    if ((open?.revision ?? 0) !== revision) throw stateConflict('revision', 'changed_meanwhile')
    if (open?.state === 'proposed') throw stateConflict('state', 'proposed')
    const attached = namedFiles(await files.listFiles(tx, announcementId))
    const fields = await readWritten(tx, caller, head.kind, draft, attached)
    const version = open?.version ?? (latest?.version ?? 0) + 1
    if (version > 1 && fields.change_note_zh === null) throw fieldError('changeNote', 'required')
    const edit = { announcementId, version, by: caller.operatorId, at: clock() }
    await (open ? queries.updateVersion(tx, edit, fields) : queries.insertVersion(tx, edit, fields))
    await audit(tx, caller, 'announcement.saved', announcementId, { version })
  }

  const readFile = async (content: Buffer, name: string) => {
    if (content.length > ANNOUNCEMENT_FILE_BYTES) throw fieldError('content', 'too_large')
    if (content.subarray(0, 4).toString('latin1') === '%PDF') {
      const refusal = checkPdf(content)
      if (refusal) throw fieldError('content', refusal)
      return { kind: 'pdf', content, name: /\.pdf$/i.test(name) ? name : `${name}.pdf`.slice(-120) } as const
    }
    const redrawn = await pictures.redraw(content)
    if (!redrawn.ok) throw fieldError('content', redrawn.reason)
    return { kind: 'picture', content: Buffer.from(redrawn.bytes), name } as const
  }

  return {
    listKeptAnnouncements: async (caller: OperatorCaller, query: Call<'listKeptAnnouncements'>['query']) => {
      const limit = query.limit ?? 20
      const rows = await queries.listKept(pool, clock(), {
        divisionPrefix: divisionPrefix(caller.divisionCode),
        kind: query.kind ?? null,
        standing: query.standing ?? null,
        search: query.search?.trim().toLowerCase() ?? null,
        beforeId: readIdCursor(query.cursor),
        limit: limit + 1,
      })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        announcements: page.map((row) => ({
          announcementId: row.announcement_id,
          kind: row.kind,
          title: { zh: row.title_zh, en: row.title_en },
          divisionName: row.division_name,
          standing: row.standing,
          audience: row.audience,
          urgent: row.urgent,
          version: row.version,
          state: row.state,
          editedBy: row.edited_by_name,
          editedAt: row.edited_at.toISOString(),
        })),
        ...(rows.length > limit && last ? { nextCursor: last.announcement_id } : {}),
      }
    },

    getKeptAnnouncement: (caller: OperatorCaller, announcementId: string): Promise<KeptAnnouncement> =>
      showKept(parts, caller, announcementId),

    getAnnouncementVersion: (caller: OperatorCaller, announcementId: string, version: string) =>
      getVersion(caller, announcementId, Number(version)),

    getKeptAnnouncementFile: async (
      caller: OperatorCaller,
      announcementId: string,
      number: string,
    ): Promise<files.FileContent> => {
      await requireKept(pool, caller, clock(), announcementId)
      const file = await files.findFile(pool, announcementId, number)
      if (!file) throw new AppError('NOT_FOUND')
      return file
    },

    /** @throws AppError VALIDATION_FAILED, FORBIDDEN (the hotline writes questions only), OUT_OF_DIVISION, REQUEST_ID_REUSED */
    addAnnouncement: async (
      caller: OperatorCaller,
      { requestId, kind, draft }: Call<'addAnnouncement'>['body'],
    ): Promise<AnnouncementVersion> => {
      requireMayWrite(caller, kind)
      const by = caller.operatorId
      const announcementId = await inTransaction(pool, async (tx) => {
        const fields = await readWritten(tx, caller, kind, draft, [])
        const at = clock()
        const { divisionCode } = caller
        const made = await queries.insertAnnouncement(tx, { kind, divisionCode, by, at, requestId })
        if (!made) {
          const known = await queries.findOfRequest(tx, by, requestId)
          if (known?.kind !== kind) throw new AppError('REQUEST_ID_REUSED')
          return known.announcement_id
        }
        await queries.insertVersion(tx, { announcementId: made, version: 1, by, at }, fields)
        await audit(tx, caller, 'announcement.made', made, { kind })
        return made
      })
      return getVersion(caller, announcementId)
    },

    /** @throws AppError VALIDATION_FAILED, STATE_CONFLICT (changed_meanwhile, proposed, withdrawn), NOT_FOUND, OUT_OF_DIVISION */
    saveAnnouncement: async (
      caller: OperatorCaller,
      announcementId: string,
      body: Call<'saveAnnouncement'>['body'],
    ): Promise<AnnouncementVersion> => {
      await inTransaction(pool, (tx) => saveIn(tx, caller, announcementId, body))
      return getVersion(caller, announcementId)
    },

    /** @throws AppError STATE_CONFLICT (nothing open, or it waits for the second person), NOT_FOUND */
    dropAnnouncementDraft: async (caller: OperatorCaller, announcementId: string): Promise<null> => {
      await inTransaction(pool, async (tx) => {
        const [latest] = (await hold(tx, caller, announcementId)).versions
        if (latest?.state !== 'draft') throw stateConflict('state', latest?.state ?? 'released')
        await queries.deleteVersion(tx, announcementId, latest.version)
        await queries.deleteAnnouncement(tx, announcementId)
        await audit(tx, caller, 'announcement.draft_dropped', announcementId, { version: latest.version })
      })
      return null
    },

    /** @throws AppError NOT_FOUND */
    previewAnnouncement: async (
      caller: OperatorCaller,
      { announcementId, statement }: Call<'previewAnnouncement'>['body'],
    ): Promise<{ html: string }> => {
      if (announcementId !== undefined) await requireKept(pool, caller, clock(), announcementId)
      const attached = announcementId === undefined ? [] : await files.listFiles(pool, announcementId)
      return { html: renderMarkdown(statement, namedFiles(attached)) }
    },

    /**
     * @throws AppError VALIDATION_FAILED (`content`: not_a_picture and the like, not_a_pdf, pdf_active, pdf_encrypted,
     * pdf_too_complex, too_large), STATE_CONFLICT (too many files), REQUEST_ID_REUSED, NOT_FOUND, BUSY
     */
    addAnnouncementFile: async (
      caller: OperatorCaller,
      announcementId: string,
      { requestId, name, content }: Call<'addAnnouncementFile'>['body'],
    ): Promise<AnnouncementFile> => {
      const by = caller.operatorId
      requireMayWrite(caller, (await requireKept(pool, caller, clock(), announcementId)).kind)
      const known = await files.findFileOfRequest(pool, by, requestId)
      if (known && known.announcement_id !== announcementId) throw new AppError('REQUEST_ID_REUSED')
      if (known) return toFile(known)
      const file = await readFile(Buffer.from(content, 'base64'), name.trim())
      const fileId = randomUUID()
      await inTransaction(pool, async (tx) => {
        const { head } = await hold(tx, caller, announcementId)
        if (head.withdrawn_at) throw stateConflict('announcementId', 'withdrawn')
        if ((await files.listFiles(tx, announcementId)).length >= ANNOUNCEMENT_MAX_FILES)
          throw stateConflict('content', 'too_many')
        const number = await files.insertFile(tx, {
          fileId,
          announcementId,
          ...file,
          by,
          at: clock(),
          requestId,
        })
        if (number === undefined) return
        await audit(tx, caller, 'announcement.file_added', announcementId, { number, kind: file.kind })
      })
      const row = await files.findFileOfRequest(pool, by, requestId)
      if (!row) throw new AppError('NOT_FOUND')
      return toFile(row)
    },
  }
}
