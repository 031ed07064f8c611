import type { AnnouncementVersion } from '@jiankangbao/contracts/announcement/schemas'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { PhonePreview } from './phone-preview.tsx'
import { compareTexts } from './text-difference.ts'
import { toValues } from './written-values.ts'
import './announcements.css'
import { WRITTEN, type WrittenLanguage } from './written-languages.ts'

const load = async (announcementId: string, version: string) => {
  const get = (which: number) =>
    call('getAnnouncementVersion', { params: { announcementId, version: String(which) } })
  const [of, now] = await Promise.all([
    call('getKeptAnnouncement', { params: { announcementId } }),
    get(Number(version)),
  ])
  return { of, now, before: Number(version) > 1 ? await get(Number(version) - 1) : undefined }
}

/** One row with everything that it asks: a day more or less is a difference too. */
const rowLine = (
  row: AnnouncementVersion['policyRows'][number],
  names: Record<string, string>,
  language: WrittenLanguage,
  t: TFunction,
): string =>
  [
    row.paragraph,
    t(`announcements.origins.${row.origin}`),
    (row.placeCodes ?? []).map((code) => names[code] ?? code).join(' '),
    row.riskLevel && t(`announcements.riskLevels.${row.riskLevel}`),
    row.sinceOn && `${t('announcements.sinceOn')} ${row.sinceOn}`,
    row.withinDays !== undefined && `${t('announcements.withinDays')} ${row.withinDays}`,
    ...row.measures.map(({ measure, ...figures }) =>
      [
        t(`announcements.measures.${measure}`),
        ...Object.entries(figures).map(([name, value]) => `${t(`announcements.${name}`)} ${value}`),
      ].join(' '),
    ),
    row.words[language] || row.words.zh,
  ]
    .filter(Boolean)
    .join(' · ')

/** Everything that is said in one language, as lines: texts, and what a policy asks. */
const linesOf = (version: AnnouncementVersion, language: WrittenLanguage, t: TFunction): string =>
  [
    version.title[language],
    [version.issuedBy[language], version.number, version.issuedOn].filter(Boolean).join(' · '),
    version[WRITTEN[language].body],
    ...version.policyRows.map((row) => rowLine(row, version.placeNames, language, t)),
  ].join('\n')

/** One version as readers have it, and what is different from the one before. */
export default function VersionPage() {
  const { t } = useTranslation()
  const { announcementId = '', version = '1' } = useParams()
  const query = useQuery({
    queryKey: ['announcements', announcementId, 'version', version],
    queryFn: () => load(announcementId, version),
  })
  return (
    <>
      <PageHead title={t('announcements.versionTitle', { version })} />
      <p>
        <Link to={pathTo('/announcements/:announcementId', { announcementId })}>{t('app.action.back')}</Link>
      </p>
      <QueryView query={query}>
        {({ of, now, before }) => (
          <div className="announcement-editor">
            <Difference now={now} before={before} />
            <PhonePreview values={toValues(now, true)} announcementId={announcementId} files={of.files} />
          </div>
        )}
      </QueryView>
    </>
  )
}

const Difference = ({
  now,
  before,
}: {
  now: AnnouncementVersion
  before: AnnouncementVersion | undefined
}) => {
  const { t } = useTranslation()
  const [language, setLanguage] = useState<WrittenLanguage>('zh')
  const lines = compareTexts(before ? linesOf(before, language, t) : '', linesOf(now, language, t))
  return (
    <section className="panel">
      <p className="quiet">
        {now.editedBy} · {formatInstant(now.editedAt)} · {t(`announcements.states.${now.state}`)}
        {now.changeNote && ` · ${now.changeNote.zh}`}
      </p>
      <h2>{t(before ? 'announcements.difference' : 'announcements.firstVersion')}</h2>
      <Segmented
        value={language}
        onChange={setLanguage}
        options={[
          { value: 'zh', label: t('announcements.inChinese') },
          { value: 'en', label: t('announcements.inEnglish') },
        ]}
      />
      <div style={{ marginTop: 12 }} data-testid="difference">
        {lines.map(({ kind, text }, at) => (
          <p
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move
            key={`${at} ${kind}`}
            className={`difference-line difference-${before ? kind : 'same'}`}
          >
            {before && kind !== 'same' && (
              <span className="quiet">
                {t(kind === 'added' ? 'announcements.added' : 'announcements.removed')}{' '}
              </span>
            )}
            {text}
          </p>
        ))}
      </div>
    </section>
  )
}
