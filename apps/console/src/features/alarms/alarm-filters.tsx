import type { AlarmFigures } from '@jiankangbao/contracts/alarm/schemas'
import { ALARM_KINDS } from '@jiankangbao/domain/vocabulary/approval'
import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { parseLocalInput } from '../../api/instants.ts'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { chosenOf } from '../../ui/url-filters.ts'

export const FILTERS = ['kind', 'operatorId', 'divisionCode', 'from', 'until', 'acknowledged'] as const
type Values = Partial<Record<(typeof FILTERS)[number], string>>

const DAY_MS = 86_400_000

/** From the address to the query; `until` is a day and includes it. */
export const toQuery = (values: Values) => {
  const kind = chosenOf(ALARM_KINDS, values.kind)
  const from = values.from && parseLocalInput(values.from)
  const until = values.until && parseLocalInput(values.until)
  const acknowledged = chosenOf(['true', 'false'], values.acknowledged)
  return {
    ...(kind ? { kind } : {}),
    ...(values.operatorId ? { operatorId: values.operatorId } : {}),
    ...(values.divisionCode ? { divisionCode: values.divisionCode } : {}),
    ...(from ? { from } : {}),
    ...(until ? { until: new Date(Date.parse(until) + DAY_MS).toISOString() } : {}),
    ...(acknowledged ? { acknowledged } : {}),
  }
}

interface Props {
  values: Values
  set: (changes: Values) => void
  operators: AlarmFigures['operators']
}

export const AlarmFilters = ({ values, set, operators }: Props) => {
  const { t } = useTranslation()
  return (
    <>
      <Select
        value={values.acknowledged ?? ''}
        aria-label={t('alarms.acknowledged')}
        onChange={(acknowledged) => set({ acknowledged })}
        options={[
          { value: '', label: t('alarms.filters.all') },
          { value: 'false', label: t('alarms.filters.acknowledged.false') },
          { value: 'true', label: t('alarms.filters.acknowledged.true') },
        ]}
      />
      <Select
        value={values.kind ?? null}
        placeholder={t('alarms.filters.kind')}
        aria-label={t('alarms.filters.kind')}
        allowClear
        onChange={(kind) => set({ kind: kind ?? '' })}
        options={ALARM_KINDS.map((kind) => ({ value: kind, label: t(`alarms.kinds.${kind}`) }))}
      />
      <Select
        value={values.operatorId ?? null}
        placeholder={t('alarms.filters.operator')}
        aria-label={t('alarms.filters.operator')}
        allowClear
        onChange={(operatorId) => set({ operatorId: operatorId ?? '' })}
        options={operators.map(({ operatorId, name, alarms }) => ({
          value: operatorId,
          label: `${name} · ${alarms}`,
        }))}
      />
      <DivisionField
        {...(values.divisionCode === undefined ? {} : { value: values.divisionCode })}
        onChange={(divisionCode) => set({ divisionCode: divisionCode ?? '' })}
        placeholder={t('alarms.filters.division')}
        allowClear
      />
      {(['from', 'until'] as const).map((name) => (
        <Input
          key={name}
          type="date"
          value={values[name] ?? ''}
          aria-label={t(`alarms.filters.${name}`)}
          prefix={<span className="quiet small">{t(`alarms.filters.${name}`)}</span>}
          onChange={({ target }) => set({ [name]: target.value })}
        />
      ))}
    </>
  )
}
