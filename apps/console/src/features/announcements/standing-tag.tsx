import type { AnnouncementStanding } from '@jiankangbao/domain/vocabulary/announcements'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'

const COLOURS: Record<AnnouncementStanding, string> = {
  unreleased: 'default',
  coming: 'processing',
  current: 'success',
  expired: 'default',
  withdrawn: 'error',
}

export const StandingTag = ({ standing }: { standing: AnnouncementStanding }) => {
  const { t } = useTranslation()
  return (
    <Tag color={COLOURS[standing]} data-testid="standing" data-standing={standing}>
      {t(`announcements.standings.${standing}`)}
    </Tag>
  )
}
