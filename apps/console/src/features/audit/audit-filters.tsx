import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { FILTERS, type FilterName, type FilterValues } from './audit-query.ts'

const types: Partial<Record<FilterName, string>> = { from: 'date', until: 'date' }

interface Props {
  values: FilterValues
  set: (changes: FilterValues) => void
}

/** The filters of the log; nothing is asked before the button is pressed. */
export const AuditFilters = ({ values, set }: Props) => {
  const { t } = useTranslation()
  const [divisionCode, setDivision] = useState(values.divisionCode)
  const submit = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const typed = FILTERS.map((name) => [name, String(data.get(name) ?? '').trim()])
    set({ ...Object.fromEntries(typed), divisionCode: divisionCode ?? '' })
  }
  return (
    <search>
      <form className="filters" onSubmit={submit}>
        {FILTERS.map((name) =>
          name === 'divisionCode' ? (
            <DivisionField
              key={name}
              {...(divisionCode === undefined ? {} : { value: divisionCode })}
              onChange={setDivision}
              placeholder={t('audit.division')}
              allowClear
            />
          ) : (
            <Input
              key={name}
              name={name}
              type={types[name] ?? 'text'}
              defaultValue={values[name] ?? ''}
              aria-label={t(`audit.${name}`)}
              {...(types[name]
                ? { prefix: <span className="quiet small">{t(`audit.${name}`)}</span> }
                : { placeholder: t(`audit.${name}`) })}
              {...(name === 'personId' ? { pattern: '[A-Za-z0-9_-]{22}' } : {})}
              maxLength={name === 'objectKind' ? 40 : 60}
            />
          ),
        )}
        <Button type="primary" htmlType="submit" className="filter-auto">
          {t('app.action.search')}
        </Button>
        <Button
          className="filter-auto"
          onClick={() => set(Object.fromEntries(FILTERS.map((name) => [name, ''])))}
        >
          {t('app.action.reset')}
        </Button>
      </form>
    </search>
  )
}
