import type { Announcement } from '@jiankangbao/contracts/announcement/schemas'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useTexts } from '../../locales/i18n.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { RichText } from '../../ui/rich-text.tsx'
import './announcements.css'

const Notice = ({ of }: { of: Announcement }) => {
  const { t } = useTranslation()
  const read = useTexts()
  return (
    <article className="panel">
      <h2>{read(of.title)}</h2>
      <p className="quiet small">
        {[read(of.issuedBy), of.number, formatInstant(of.publishedAt)].filter(Boolean).join(' · ')}
      </p>
      {of.withdrawal && (
        <p className="phone-urgent">
          {t('announcements.standings.withdrawn')} · {read(of.withdrawal.reason)}
        </p>
      )}
      <RichText html={read(of.html)} />
    </article>
  )
}

/** What is told to operators now. */
export default function StaffPage() {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['staff-announcements'],
    queryFn: () => call('listStaffAnnouncements', {}),
    refetchInterval: 60_000,
  })
  return (
    <>
      <PageHead title={t('announcements.staffMenu')} />
      <QueryView query={query}>
        {({ announcements }) => (
          <>
            {announcements.length === 0 && <p className="quiet">{t('announcements.staffEmpty')}</p>}
            {announcements.map((each) => (
              <Notice key={each.announcementId} of={each} />
            ))}
          </>
        )}
      </QueryView>
    </>
  )
}
