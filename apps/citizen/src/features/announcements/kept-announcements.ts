import type { Announcement, AnnouncementSummary } from '@jiankangbao/contracts/announcement/schemas'
import { readStored, removeStored, storedKeys, writeStored } from '../../platform/storage.ts'
import { createObservable } from '../../state/observable.ts'
import { sayText } from '../../words/words.ts'
import { api } from '../session/api.ts'
import type { Version } from './find-announcements.ts'

// Read without signing in, so everything about reading is kept on the phone: the list, the texts opened last, what was read. No server
// knows who read what.

const LIST = 'announcements'
/** A key for each: a long text in both languages is more than half of what Alipay takes under one. */
const TEXT = 'announcement-text '
const READ = 'announcements-read'
const MOST_KEPT = 80
const MOST_TEXTS = 15
const MOST_READ = 400
/** Several parts of a screen need the list; it is fetched once for all. */
const FRESH_MS = 30_000

export interface KeptList {
  announcements: AnnouncementSummary[]
  /** When the server put it together. */
  listedAt: string
  /** True where it is from this phone, because the server was not reached. */
  fromPhone: boolean
}

let latest: { at: number; list: Promise<KeptList> } | undefined

const fetchList = async (): Promise<KeptList> => {
  try {
    const list = await api.call('listAnnouncements', { query: {} })
    writeStored(LIST, { ...list, announcements: list.announcements.slice(0, MOST_KEPT) })
    return { ...list, fromPhone: false }
  } catch (error) {
    latest = undefined
    const kept = readStored<Omit<KeptList, 'fromPhone'>>(LIST)
    if (!kept) throw error
    return { ...kept, fromPhone: true }
  }
}

/** What is told now; without network what this phone has. Rejects only where it has nothing. */
export const loadAnnouncements = (): Promise<KeptList> => {
  if (!latest || Date.now() - latest.at > FRESH_MS) latest = { at: Date.now(), list: fetchList() }
  return latest.list
}

/** The next look asks the server again. */
export const forgetFetched = (): void => {
  latest = undefined
}

export interface KeptText {
  announcement: Announcement
  fromPhone: boolean
}

const readText = (announcementId: string): Announcement | undefined =>
  readStored<Announcement>(TEXT + announcementId)

/** The texts read last stay on the phone, each with the language that is read where both are too long for it. */
const keepText = (announcement: Announcement): void => {
  const key = TEXT + announcement.announcementId
  const others = storedKeys(TEXT)
    .filter((each) => each !== key)
    .map((each) => ({ each, at: readStored<Announcement>(each)?.readAt ?? '' }))
    .sort((one, other) => (one.at < other.at ? -1 : 1))
  while (others.length >= MOST_TEXTS) removeStored(others.shift()?.each ?? '')
  if (writeStored(key, announcement)) return
  const { zh, en } = announcement.html
  const read = sayText(announcement.html) === en ? { zh: '', en } : { zh, en: '' }
  if (writeStored(key, { ...announcement, html: read })) return
  // The phone is full: what was read long ago makes room.
  for (const { each } of others) removeStored(each)
  writeStored(key, announcement)
}

/** One with its text; without network as this phone has it from the last reading. */
export const loadAnnouncement = async (announcementId: string): Promise<KeptText> => {
  try {
    const announcement = await api.call('getAnnouncement', { params: { announcementId } })
    keepText(announcement)
    return { announcement, fromPhone: false }
  } catch (error) {
    const known = readText(announcementId)
    // What the server no longer knows is not shown as if it did.
    if (!known || (error as { code?: string }).code === 'NOT_FOUND') throw error
    return { announcement: known, fromPhone: true }
  }
}

export const readVersions = createObservable<readonly Version[]>(readStored<Version[]>(READ) ?? [])

/** This version has been in front of the person. */
export const markRead = ({
  announcementId,
  version,
}: Pick<Announcement, 'announcementId' | 'version'>): void => {
  const others = readVersions.get().filter(([each]) => each !== announcementId)
  const next: Version[] = [[announcementId, version] as const, ...others].slice(0, MOST_READ)
  readVersions.set(next)
  writeStored(READ, next)
}
