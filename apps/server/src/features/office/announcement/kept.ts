import type { AnnouncementFile, KeptAnnouncement } from '@jiankangbao/contracts/announcement/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import type { Queryable } from '../../../db/pool.ts'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { findHead, type HeadRow, listVersions } from './announcement.queries.ts'
import { toKeptVersion } from './announcement-view.ts'
import { type FileRow, listFiles } from './file.queries.ts'
import { findTextWave } from './text-wave.queries.ts'
import { toTextWave } from './text-wave.service.ts'

export const toFile = (row: FileRow): AnnouncementFile => ({
  fileId: row.file_id,
  number: row.number,
  kind: row.kind,
  name: row.name,
  bytes: row.bytes,
})

/** @throws AppError NOT_FOUND (not there, or of another division) */
export const requireKept = async (
  db: Queryable,
  caller: OperatorCaller,
  now: Date,
  announcementId: string,
): Promise<HeadRow> => {
  const head = await findHead(db, now, announcementId)
  if (!head || !divisionCovers(caller.divisionCode, head.division_code)) throw new AppError('NOT_FOUND')
  return head
}

/** An announcement as its office keeps it. */
export const showKept = async (
  { pool, clock, config }: Pick<Parts, 'pool' | 'clock' | 'config'>,
  caller: OperatorCaller,
  announcementId: string,
): Promise<KeptAnnouncement> => {
  const now = clock()
  const head = await requireKept(pool, caller, now, announcementId)
  const versions = await listVersions(pool, now, announcementId)
  const wave = await findTextWave(pool, announcementId)
  const proposalId = versions.find(({ state }) => state === 'proposed')?.proposal_id
  return {
    announcementId,
    kind: head.kind,
    divisionCode: head.division_code,
    divisionName: head.division_name,
    madeBy: head.made_by_name,
    madeAt: head.made_at.toISOString(),
    standing: head.standing,
    ...(head.withdrawn_at
      ? {
          withdrawal: {
            at: head.withdrawn_at.toISOString(),
            by: head.withdrawn_by_name ?? '',
            reason: { zh: head.withdrawal_reason_zh ?? '', en: head.withdrawal_reason_en ?? '' },
          },
        }
      : {}),
    versions: versions.map(toKeptVersion),
    ...(proposalId ? { proposalId } : {}),
    files: (await listFiles(pool, announcementId)).map(toFile),
    ...(wave ? { texts: toTextWave(wave, config.announcementTexts, now) } : {}),
  }
}
