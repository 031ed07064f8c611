import { VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { ANNOUNCEMENT_AUDIENCES, type AnnouncementKind } from '@jiankangbao/domain/vocabulary/announcements'
import { useQuery } from '@tanstack/react-query'
import { Alert, Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useTexts } from '../../locales/i18n.ts'
import { divisionsQuery } from '../../ui/reference-data.ts'
import { PolicyRowsField } from './policy-rows-field.tsx'
import { WRITTEN, type WrittenLanguage } from './written-languages.ts'

const useRequired = () => {
  const { t } = useTranslation()
  return [{ required: true, whitespace: true, message: t('reasons.required') }]
}

/** One text in both languages, beside each other. */
const Pair = ({ name, zh, en, lines }: { name: string; zh: number; en: number; lines?: boolean }) => {
  const { t } = useTranslation()
  const required = useRequired()
  const field = (language: WrittenLanguage, most: number) => (
    <Form.Item
      name={lines ? WRITTEN[language].body : [name, language]}
      label={`${t(name === 'title' ? 'announcements.name' : `announcements.${name}`)} · ${t(WRITTEN[language].words)}`}
      rules={WRITTEN[language].isNeeded ? required : []}
      {...(lines ? { className: 'announcement-body' } : {})}
    >
      {lines ? <Input.TextArea rows={18} maxLength={most} /> : <Input maxLength={most} />}
    </Form.Item>
  )
  return (
    <div className="announcement-pair">
      {field('zh', zh)}
      {field('en', en)}
    </div>
  )
}

const Audience = () => {
  const { t } = useTranslation()
  const read = useTexts()
  const audience = Form.useWatch('audience')
  const divisions = useQuery(divisionsQuery).data?.divisions ?? []
  const required = [{ required: true, message: t('reasons.required') }]
  return (
    <div className="announcement-pair">
      <Form.Item name="audience" label={t('announcements.audience')} rules={required}>
        <Select
          options={ANNOUNCEMENT_AUDIENCES.map((value) => ({
            value,
            label: t(`announcements.audiences.${value}`),
          }))}
        />
      </Form.Item>
      {audience === 'districts' && (
        <Form.Item name="divisionCodes" label={t('announcements.audiences.districts')} rules={required}>
          <Select
            mode="multiple"
            options={divisions
              .filter(({ level }) => level === 'district')
              .map(({ code, name, nameEn }) => ({ value: code, label: read({ zh: name, en: nameEn }) }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        </Form.Item>
      )}
      {audience === 'venue_kinds' && (
        <Form.Item name="venueKinds" label={t('announcements.audiences.venue_kinds')} rules={required}>
          <Select
            mode="multiple"
            options={VENUE_KINDS.map((value) => ({ value, label: t(`domain.kinds.${value}`) }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        </Form.Item>
      )}
    </div>
  )
}

/** Before a release that also sends texts: how many, what the provider takes, when the last one has it. */
const TextsField = () => {
  const { t } = useTranslation()
  const [audience, urgent, sends] = [
    Form.useWatch('audience'),
    Form.useWatch('urgent'),
    Form.useWatch('sendTexts'),
  ]
  const possible = audience === 'everybody' && urgent === true
  const query = useQuery({
    queryKey: ['announcement-texts'],
    queryFn: () => call('estimateAnnouncementTexts', {}),
    enabled: possible && sends === true,
    staleTime: 0,
  })
  const estimate = query.data
  return (
    <>
      <Form.Item name="sendTexts" valuePropName="checked" noStyle>
        <Checkbox disabled={!possible}>{t('announcements.sendTexts')}</Checkbox>
      </Form.Item>
      {possible && sends === true && estimate && (
        <Alert
          type="warning"
          showIcon
          data-testid="text-estimate"
          title={t('announcements.textEstimate', { count: estimate.persons, minutes: estimate.minutes })}
          description={t('announcements.textBudget', {
            left: estimate.budgetLeft.toLocaleString(),
            day: estimate.budgetPerDay.toLocaleString(),
            at: formatInstant(estimate.doneAt),
          })}
        />
      )}
    </>
  )
}

/** Everything that is written of an announcement. */
export const WrittenFields = ({ kind, later }: { kind: AnnouncementKind; later: boolean }) => {
  const { t } = useTranslation()
  const required = useRequired()
  return (
    <>
      {later && <Pair name="changeNote" zh={300} en={600} />}
      <Pair name="title" zh={120} en={240} />
      <p className="quiet small">{t('announcements.markdownHint')}</p>
      <Pair name="body" zh={40_000} en={80_000} lines />
      {kind === 'policy' && <PolicyRowsField />}
      <Pair name="issuedBy" zh={120} en={240} />
      <div className="announcement-pair">
        <Form.Item name="number" label={t('announcements.number')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="issuedOn" label={t('announcements.issuedOn')} rules={required}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item name="sourceUrl" label={t('announcements.sourceUrl')}>
        <Input maxLength={500} placeholder="https://" />
      </Form.Item>
      <Audience />
      <div className="announcement-pair">
        <Form.Item
          name="publishAt"
          label={t('announcements.publishAt')}
          extra={t('announcements.publishHint')}
        >
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="expiresAt" label={t('announcements.expiresAt')}>
          <Input type="datetime-local" />
        </Form.Item>
      </div>
      <Form.Item name="urgent" valuePropName="checked">
        <Checkbox>{t('announcements.urgentHint')}</Checkbox>
      </Form.Item>
      <TextsField />
    </>
  )
}
