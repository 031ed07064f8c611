import type { AnnouncementVersion } from '@jiankangbao/contracts/announcement/schemas'
import type { WrittenAnnouncement } from '@jiankangbao/contracts/announcement/written'
import type { AskedMeasure, OriginKind } from '@jiankangbao/domain/announcement/policy'
import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { AnnouncementAudience } from '@jiankangbao/domain/vocabulary/announcements'
import type { RiskLevel } from '@jiankangbao/domain/vocabulary/inflow'

interface Texts {
  zh?: string
  en?: string
}

export interface RowValues {
  origin?: OriginKind
  placeCodes?: string[]
  riskLevel?: RiskLevel
  sinceOn?: string
  withinDays?: number | null
  measures?: Partial<AskedMeasure>[]
  paragraph?: string
  words?: Texts
}

/** What the form holds: only texts, numbers and lists, so that a reload finds it again. */
export interface WrittenValues {
  title?: Texts
  bodyZh?: string
  bodyEn?: string
  issuedBy?: Texts
  number?: string
  issuedOn?: string
  sourceUrl?: string
  urgent?: boolean
  audience?: AnnouncementAudience
  divisionCodes?: string[]
  venueKinds?: VenueKind[]
  /** As the browser's field has it, in Shanghai: 2022-03-20T10:00. */
  publishAt?: string
  expiresAt?: string
  policyRows?: RowValues[]
  changeNote?: Texts
  sendTexts?: boolean
}

const textsOf = ({ zh = '', en = '' }: Texts = {}) => ({ zh: zh.trim(), en: en.trim() })

/** The first that is there: the field of the browser leaves an empty text. */
const given = <Key extends string, Value>(key: Key, value: Value | null | undefined | '') =>
  (value === undefined || value === null || value === '' ? {} : { [key]: value }) as Partial<
    Record<Key, Value>
  >

const SHANGHAI_MS = 8 * 3_600_000
const toInstant = (local: string | undefined) => (local ? `${local}:00+08:00` : undefined)
/** The wall clock of Shanghai, as the browser's field wants it. */
export const toLocal = (instant: string | undefined): string | undefined =>
  instant && new Date(Date.parse(instant) + SHANGHAI_MS).toISOString().slice(0, 16)

const toRow = (row: RowValues): WrittenAnnouncement['policyRows'][number] => {
  const origin = row.origin ?? 'place'
  return {
    origin,
    ...(origin === 'place' ? given('placeCodes', row.placeCodes) : {}),
    ...(origin === 'risk' ? given('riskLevel', row.riskLevel) : {}),
    ...given('sinceOn', row.sinceOn),
    ...given('withinDays', row.withinDays),
    measures: (row.measures ?? []).map(({ measure = 'test_on_arrival', days, tests, hours }) => ({
      measure,
      ...given('days', days),
      ...given('tests', tests),
      ...given('hours', hours),
    })),
    paragraph: row.paragraph?.trim() ?? '',
    words: textsOf(row.words),
  }
}

export const toBody = (values: WrittenValues): WrittenAnnouncement => {
  const audience = values.audience ?? 'everybody'
  const note = textsOf(values.changeNote)
  return {
    title: textsOf(values.title),
    bodyZh: values.bodyZh ?? '',
    bodyEn: values.bodyEn ?? '',
    issuedBy: textsOf(values.issuedBy),
    ...given('number', values.number?.trim()),
    issuedOn: values.issuedOn ?? '',
    ...given('sourceUrl', values.sourceUrl?.trim()),
    urgent: values.urgent ?? false,
    audience,
    divisionCodes: audience === 'districts' ? (values.divisionCodes ?? []) : [],
    venueKinds: audience === 'venue_kinds' ? (values.venueKinds ?? []) : [],
    ...given('publishAt', toInstant(values.publishAt)),
    ...given('expiresAt', toInstant(values.expiresAt)),
    policyRows: (values.policyRows ?? []).map(toRow),
    ...(note.zh === '' ? {} : { changeNote: note }),
    sendTexts: audience === 'everybody' && values.urgent === true && values.sendTexts === true,
  }
}

/** @param open whether this very version is written on; else the next one begins from it */
export const toValues = (version: AnnouncementVersion, open: boolean): WrittenValues => ({
  title: version.title,
  bodyZh: version.bodyZh,
  bodyEn: version.bodyEn,
  issuedBy: version.issuedBy,
  ...given('number', version.number),
  issuedOn: version.issuedOn,
  ...given('sourceUrl', version.sourceUrl),
  urgent: version.urgent,
  audience: version.audience,
  divisionCodes: version.divisionCodes,
  venueKinds: version.venueKinds,
  ...given('publishAt', open ? toLocal(version.publishAt) : undefined),
  ...given('expiresAt', toLocal(version.expiresAt)),
  policyRows: version.policyRows,
  ...(open && version.changeNote ? { changeNote: version.changeNote } : {}),
  sendTexts: open && version.sendTexts,
})
