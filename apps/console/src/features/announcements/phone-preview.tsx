import type { AnnouncementFile } from '@jiankangbao/contracts/announcement/schemas'
import { FILE_PATH } from '@jiankangbao/domain/announcement/rich-text'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { RichText } from '../../ui/rich-text.tsx'
import { WRITTEN, type WrittenLanguage } from './written-languages.ts'
import type { WrittenValues } from './written-values.ts'
import './announcements.css'

const PAUSE_MS = 500

/** The text as it was when nobody had typed for half a second. */
const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

interface Props {
  values: WrittenValues
  announcementId?: string | undefined
  files: readonly AnnouncementFile[]
}

/** A draft's files are given to operators only, under another address. */
const addressIn =
  (announcementId: string | undefined, files: readonly AnnouncementFile[]) => (address: string) => {
    const file = files.find(({ fileId }) => address === FILE_PATH + fileId)
    return file && announcementId
      ? `/api/v1/operator/announcements/${announcementId}/files/${file.number}`
      : address
  }

/** What readers would have on their phone, made by the server as it will be for them. */
export const PhonePreview = ({ values, announcementId, files }: Props) => {
  const { t } = useTranslation()
  const [language, setLanguage] = useState<WrittenLanguage>('zh')
  const text = useSettled((values[WRITTEN[language].body] || values.bodyZh) ?? '')
  const query = useQuery({
    queryKey: ['announcement-preview', announcementId, files.length, text],
    queryFn: () =>
      call('previewAnnouncement', {
        body: { ...(announcementId ? { announcementId } : {}), statement: text },
      }),
    placeholderData: (before) => before,
    enabled: text !== '',
  })
  const pick = (texts: { zh?: string; en?: string } | undefined) => texts?.[language] || texts?.zh || ''
  return (
    <aside className="phone-side" aria-label={t('announcements.preview')}>
      <Segmented
        value={language}
        onChange={setLanguage}
        options={[
          { value: 'zh', label: t('announcements.inChinese') },
          { value: 'en', label: t('announcements.inEnglish') },
        ]}
      />
      <div className="phone-frame">
        <article className="phone-page" data-testid="phone-preview" lang={language}>
          {values.urgent && <p className="phone-urgent">{t('announcements.urgent')}</p>}
          <h2 className="phone-title">{pick(values.title)}</h2>
          <p className="quiet small">
            {[pick(values.issuedBy), values.number, values.issuedOn].filter(Boolean).join(' · ')}
          </p>
          <RichText
            html={text === '' ? '' : (query.data?.html ?? '')}
            address={addressIn(announcementId, files)}
          />
        </article>
      </div>
    </aside>
  )
}
