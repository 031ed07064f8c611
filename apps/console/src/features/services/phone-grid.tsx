import type { WrittenService } from '@jiankangbao/contracts/service/schemas'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import './services.css'

const LANGUAGES = ['zh', 'en'] as const

/** The services as a phone would show them to somebody who is registered. */
export const PhoneGrid = ({ services }: { services: readonly WrittenService[] }) => {
  const { t } = useTranslation()
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>('zh')
  const pick = (texts: { zh: string; en: string }) => texts[language] || texts.zh
  return (
    <aside className="service-phone" aria-label={t('services.preview')}>
      <Segmented
        value={language}
        onChange={setLanguage}
        options={[
          { value: 'zh', label: t('announcements.inChinese') },
          { value: 'en', label: t('announcements.inEnglish') },
        ]}
      />
      <div className="service-phone-frame">
        <div className="service-phone-page" data-testid="phone-grid" lang={language}>
          {services.map(({ key, title, words }) => (
            <div key={key} className="service-phone-tile">
              <strong>{pick(title)}</strong>
              <span>{pick(words)}</span>
            </div>
          ))}
        </div>
      </div>
    </aside>
  )
}
