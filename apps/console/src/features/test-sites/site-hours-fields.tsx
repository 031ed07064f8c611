import { Button, Form, Input, Select, Space } from 'antd'
import { useTranslation } from 'react-i18next'

export interface SpanValues {
  weekdays: number[]
  opens: string
  closes: string
}

const TIME = /^([01][0-9]|2[0-4]):[0-5][0-9]$/
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const MOST_SPANS = 14

const Span = ({ name, onRemove }: { name: number; onRemove: (() => void) | undefined }) => {
  const { t } = useTranslation()
  const required = [{ required: true, message: t('reasons.required') }]
  const time = [{ required: true, pattern: TIME, message: t('testSites.timeHint') }]
  return (
    <fieldset className="panel" aria-label={t('testSites.span', { nth: name + 1 })}>
      <Form.Item name={[name, 'weekdays']} label={t('testSites.weekdays')} rules={required}>
        <Select
          mode="multiple"
          options={EVERY_DAY.map((value) => ({ value, label: t(`testSites.weekday.${value}`) }))}
        />
      </Form.Item>
      <Space align="end" wrap>
        <Form.Item name={[name, 'opens']} label={t('testSites.opens')} rules={time}>
          <Input maxLength={5} />
        </Form.Item>
        <Form.Item name={[name, 'closes']} label={t('testSites.closes')} rules={time}>
          <Input maxLength={5} />
        </Form.Item>
        {onRemove && (
          <Form.Item>
            <Button onClick={onRemove}>{t('testSites.removeSpan')}</Button>
          </Form.Item>
        )}
      </Space>
    </fieldset>
  )
}

/** The week of a site: spans of opening, each for some weekdays. A noon break is two spans. */
export const SiteHoursFields = () => {
  const { t } = useTranslation()
  return (
    <Form.List name="hours">
      {(spans, { add, remove }) => (
        <>
          {spans.map(({ key, name }) => (
            <Span key={key} name={name} onRemove={spans.length > 1 ? () => remove(name) : undefined} />
          ))}
          <Form.Item>
            <Button
              disabled={spans.length >= MOST_SPANS}
              onClick={() => add({ weekdays: EVERY_DAY, opens: '14:00', closes: '18:00' })}
            >
              {t('testSites.addSpan')}
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  )
}
