import type { WrittenService } from '@jiankangbao/contracts/service/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import { SERVICE_VIEWERS, type ServiceViewer } from '@jiankangbao/domain/vocabulary/services'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Segmented, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTexts } from '../../locales/i18n.ts'
import { divisionsQuery } from '../../ui/reference-data.ts'
import './services.css'

const LANGUAGES = ['zh', 'en'] as const

interface Looking {
  viewer: ServiceViewer
  elder: boolean
  district: string
}

/** Whoever is registered sees what is for everybody too. */
const isSeen = (service: WrittenService, { viewer, elder, district }: Looking): boolean => {
  const { divisionCodes = [] } = service
  return (
    SERVICE_VIEWERS.indexOf(service.viewers) <= SERVICE_VIEWERS.indexOf(viewer) &&
    (!elder || service.elder) &&
    (district === '' ||
      divisionCodes.length === 0 ||
      divisionCodes.some((code) => divisionCovers(code, district) || divisionCovers(district, code)))
  )
}

/** The services as a phone would show them: to whom, in which language, with large type, in which district. */
export const PhoneGrid = ({ services }: { services: readonly WrittenService[] }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const { data } = useQuery(divisionsQuery)
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>('zh')
  const [looking, setLooking] = useState<Looking>({ viewer: 'registered', elder: false, district: '' })
  const pick = (texts: { zh: string; en: string }) => texts[language] || texts.zh
  const seen = services.filter((each) => isSeen(each, looking))
  const districts = (data?.divisions ?? []).filter(({ level }) => level === 'district')
  return (
    <aside className="service-phone" aria-label={t('services.preview')}>
      <Space orientation="vertical" style={{ width: '100%' }}>
        <Segmented
          value={language}
          onChange={setLanguage}
          options={[
            { value: 'zh', label: t('announcements.inChinese') },
            { value: 'en', label: t('announcements.inEnglish') },
          ]}
        />
        <Select
          aria-label={t('services.viewer')}
          value={looking.viewer}
          onChange={(viewer) => setLooking({ ...looking, viewer })}
          options={SERVICE_VIEWERS.map((value) => ({ value, label: t(`services.viewers.${value}`) }))}
          style={{ width: '100%' }}
        />
        <Select
          aria-label={t('services.districts')}
          value={looking.district}
          onChange={(district) => setLooking({ ...looking, district })}
          options={[
            { value: '', label: t('services.wholeCity') },
            ...districts.map(({ code, name, nameEn }) => ({
              value: code,
              label: read({ zh: name, en: nameEn }),
            })),
          ]}
          style={{ width: '100%' }}
        />
        <Checkbox
          checked={looking.elder}
          onChange={({ target }) => setLooking({ ...looking, elder: target.checked })}
        >
          {t('services.largeType')}
        </Checkbox>
      </Space>
      <div className="service-phone-frame">
        <section
          className="service-phone-page"
          data-testid="phone-grid"
          lang={language}
          aria-label={t('services.preview')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is longer than the phone, and the keyboard moves it
          tabIndex={0}
        >
          {seen.map(({ key, title, words }) => (
            <div key={key} className="service-phone-tile">
              <strong>{pick(title)}</strong>
              <span>{pick(words)}</span>
            </div>
          ))}
          {seen.length === 0 && <p className="quiet">{t('services.empty')}</p>}
        </section>
      </div>
    </aside>
  )
}
