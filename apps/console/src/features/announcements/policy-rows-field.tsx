import { MEASURE_NEEDS, MEASURES, type Measure, ORIGIN_KINDS } from '@jiankangbao/domain/announcement/policy'
import { readCountry } from '@jiankangbao/domain/place/countries'
import { COUNTRY_NAMES } from '@jiankangbao/domain/place/country-names'
import { findDivisionName, listDivisionCodes } from '@jiankangbao/domain/place/divisions'
import { RISK_LEVELS } from '@jiankangbao/domain/vocabulary/inflow'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'

/** Every place one can come from, by name: divisions of the country, and countries. */
const PLACES = [
  ...listDivisionCodes().map((code) => ({ value: code, label: findDivisionName(code) ?? code })),
  ...COUNTRY_NAMES.flatMap(([alpha3, zh, en]) => {
    const value = readCountry(alpha3)
    return value === alpha3 ? [{ value, label: `${zh} ${en}` }] : []
  }),
].sort((a, b) => a.label.length - b.label.length)

interface MeasureProps {
  /** Its name in the list. */
  name: number
  measure: Measure | undefined
  onRemove: (() => void) | undefined
}

const MeasureFields = ({ name, measure = 'test_on_arrival', onRemove }: MeasureProps) => {
  const { t } = useTranslation()
  const required = [{ required: true, message: t('reasons.required') }]
  return (
    <div className="announcement-measure">
      <Form.Item name={[name, 'measure']} rules={required} label={t('announcements.measure')}>
        <Select options={MEASURES.map((value) => ({ value, label: t(`announcements.measures.${value}`) }))} />
      </Form.Item>
      {MEASURE_NEEDS[measure].map((need) => (
        <Form.Item key={need} name={[name, need]} rules={required} label={t(`announcements.${need}`)}>
          <InputNumber min={1} max={need === 'hours' ? 168 : 90} precision={0} />
        </Form.Item>
      ))}
      <Button className="announcement-remove" onClick={onRemove} disabled={!onRemove}>
        {t('announcements.remove')}
      </Button>
    </div>
  )
}

const Measures = ({ row }: { row: number }) => {
  const { t } = useTranslation()
  const asked = Form.useWatch<{ measure?: Measure }[] | undefined>(['policyRows', row, 'measures'])
  return (
    <Form.List name={[row, 'measures']}>
      {(fields, { add, remove }) => (
        <>
          {fields.map((field, at) => (
            <MeasureFields
              key={field.key}
              name={field.name}
              measure={asked?.[at]?.measure}
              onRemove={fields.length > 1 ? () => remove(field.name) : undefined}
            />
          ))}
          <p>
            <Button onClick={() => add({})} disabled={fields.length >= MEASURES.length}>
              {t('announcements.addMeasure')}
            </Button>
          </p>
        </>
      )}
    </Form.List>
  )
}

const Row = ({ name, onRemove }: { name: number; onRemove: () => void }) => {
  const { t } = useTranslation()
  const origin = Form.useWatch(['policyRows', name, 'origin'])
  const required = [{ required: true, message: t('reasons.required') }]
  return (
    <fieldset className="announcement-row" aria-label={t('announcements.row', { number: name + 1 })}>
      <div className="announcement-pair">
        <Form.Item name={[name, 'origin']} label={t('announcements.origin')} rules={required}>
          <Select
            options={ORIGIN_KINDS.map((value) => ({ value, label: t(`announcements.origins.${value}`) }))}
          />
        </Form.Item>
        {origin === 'place' && (
          <Form.Item name={[name, 'placeCodes']} label={t('announcements.places')} rules={required}>
            <Select
              mode="multiple"
              options={PLACES}
              showSearch={{ optionFilterProp: 'label' }}
              maxCount={50}
            />
          </Form.Item>
        )}
        {origin === 'risk' && (
          <Form.Item name={[name, 'riskLevel']} label={t('announcements.riskLevel')} rules={required}>
            <Select
              options={RISK_LEVELS.map((value) => ({ value, label: t(`announcements.riskLevels.${value}`) }))}
            />
          </Form.Item>
        )}
      </div>
      <div className="announcement-pair">
        <Form.Item name={[name, 'sinceOn']} label={t('announcements.sinceOn')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name={[name, 'withinDays']} label={t('announcements.withinDays')}>
          <InputNumber min={0} max={90} precision={0} />
        </Form.Item>
      </div>
      <Measures row={name} />
      <Form.Item name={[name, 'paragraph']} label={t('announcements.paragraph')} rules={required}>
        <Input maxLength={60} placeholder={t('announcements.paragraphHint')} />
      </Form.Item>
      <div className="announcement-pair">
        <Form.Item name={[name, 'words', 'zh']} label={t('announcements.rowZh')} rules={required}>
          <Input maxLength={400} />
        </Form.Item>
        <Form.Item name={[name, 'words', 'en']} label={t('announcements.rowEn')}>
          <Input maxLength={800} />
        </Form.Item>
      </div>
      <p>
        <Button danger onClick={onRemove}>
          {t('announcements.removeRow')}
        </Button>
      </p>
    </fieldset>
  )
}

/** What a policy asks of whom, row by row: by it travellers get their answer. */
export const PolicyRowsField = () => {
  const { t } = useTranslation()
  return (
    <Form.List name="policyRows">
      {(fields, { add, remove }) => (
        <>
          <h2>{t('announcements.rows')}</h2>
          <p className="quiet">{t('announcements.rowsHint')}</p>
          {fields.map((field) => (
            <Row key={field.key} name={field.name} onRemove={() => remove(field.name)} />
          ))}
          <p>
            <Button onClick={() => add({ origin: 'place', measures: [{}] })} disabled={fields.length >= 60}>
              {t('announcements.addRow')}
            </Button>
          </p>
        </>
      )}
    </Form.List>
  )
}
