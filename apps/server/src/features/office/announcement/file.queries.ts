import type { AttachmentKind } from '@jiankangbao/domain/vocabulary/announcements'
import type { Queryable, Transaction } from '../../../db/pool.ts'

export interface FileRow {
  file_id: string
  number: number
  kind: AttachmentKind
  name: string
  bytes: number
}

const FILE = `select file_id, number, kind, name, octet_length(content) as bytes from announcement_files`

export const listFiles = async (db: Queryable, announcementId: string): Promise<FileRow[]> =>
  (await db.query<FileRow>(`${FILE} where announcement_id = $1::bigint order by number`, [announcementId]))
    .rows

export const findFileOfRequest = async (
  db: Queryable,
  by: string,
  requestId: string,
): Promise<(FileRow & { announcement_id: string }) | undefined> =>
  (
    await db.query<FileRow & { announcement_id: string }>(
      `select f.*, a.announcement_id from (${FILE} where added_by = $1::bigint and request_id = $2::uuid) f
       join announcement_files a using (file_id)`,
      [by, requestId],
    )
  ).rows[0]

/** With the next number of its announcement, which the caller holds. */
export const insertFile = async (
  tx: Transaction,
  file: {
    fileId: string
    announcementId: string
    kind: AttachmentKind
    name: string
    content: Buffer
    by: string
    at: Date
    requestId: string
  },
): Promise<number | undefined> =>
  (
    await tx.query<{ number: number }>(
      `insert into announcement_files (file_id, announcement_id, number, kind, name, content, added_by, added_at, request_id)
       select $1::uuid, $2::bigint, coalesce(max(number), 0) + 1, $3::text, $4::text, $5::bytea, $6::bigint, $7::timestamptz, $8::uuid
       from announcement_files where announcement_id = $2::bigint
       on conflict (added_by, request_id) do nothing returning number`,
      [
        file.fileId,
        file.announcementId,
        file.kind,
        file.name,
        file.content,
        file.by,
        file.at,
        file.requestId,
      ],
    )
  ).rows[0]?.number

export interface FileContent {
  kind: AttachmentKind
  name: string
  content: Buffer
}

/** Only what a version shows whose time has come. */
export const findToldFile = async (
  db: Queryable,
  now: Date,
  fileId: string,
): Promise<FileContent | undefined> =>
  (
    await db.query<FileContent>(
      `select f.kind, f.name, f.content from announcement_files f where f.file_id = $1::uuid and exists (
         select from announcement_versions v where v.announcement_id = f.announcement_id and v.state = 'released'
           and coalesce(v.publish_at, v.released_at) <= $2::timestamptz
           and (strpos(v.html_zh, $3::text) > 0 or strpos(v.html_en, $3::text) > 0))`,
      [fileId, now, fileId.toLowerCase()],
    )
  ).rows[0]

export const findFile = async (
  db: Queryable,
  announcementId: string,
  number: string,
): Promise<FileContent | undefined> =>
  (
    await db.query<FileContent>(
      `select kind, name, content from announcement_files where announcement_id = $1::bigint and number = $2::smallint`,
      [announcementId, number],
    )
  ).rows[0]
