import type { CaseRules } from '@jiankangbao/contracts/tracing/case-rules'
import type { Case } from '@jiankangbao/contracts/tracing/schemas'
import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import { MOST_MARGIN_MINUTES, RULE_NAMES, TRACING_RULES } from '@jiankangbao/domain/tracing/rules'
import { stayLengthOf } from '@jiankangbao/domain/tracing/stay'
import { Form, InputNumber, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { wordKind } from '../../ui/reference-data.ts'

interface Props {
  opened: Case
  rules: CaseRules
  onChange: (rules: CaseRules) => void
}

/** The thresholds of the case, each with where it comes from, and the margins of the kinds of place that it was at. */
export const RuleFields = ({ opened, rules, onChange }: Props) => {
  const { t } = useTranslation()
  const kinds = [...new Set(opened.stays.filter(({ counted }) => counted).map(({ venueKind }) => venueKind))]
  return (
    <Form layout="vertical" component="div">
      <div className="case-rules">
        {RULE_NAMES.map((name) => (
          <Form.Item
            key={name}
            label={t(`cases.rules.${name}`)}
            htmlFor={`rule-${name}`}
            extra={t('cases.ruleSource', {
              standard: TRACING_RULES[name].standard,
              source: TRACING_RULES[name].source,
            })}
          >
            <InputNumber
              id={`rule-${name}`}
              value={rules[name]}
              min={TRACING_RULES[name].least}
              max={TRACING_RULES[name].most}
              precision={0}
              onChange={(value) => value !== null && onChange({ ...rules, [name]: value })}
            />
          </Form.Item>
        ))}
      </div>
      {kinds.length > 0 && <h3>{t('cases.marginsTitle')}</h3>}
      <div className="case-rules">
        {kinds.map((kind) => (
          <MarginField key={kind} kind={kind} rules={rules} onChange={onChange} />
        ))}
      </div>
    </Form>
  )
}

const MarginField = ({ kind, rules, onChange }: Omit<Props, 'opened'> & { kind: VenueKind }) => {
  const { t } = useTranslation()
  const { marginBefore: before, marginAfter: after } = stayLengthOf(kind, rules.margins)
  const standard = stayLengthOf(kind)
  const set = (margin: { before: number; after: number }): void =>
    onChange({
      ...rules,
      margins: [...(rules.margins ?? []).filter((each) => each.kind !== kind), { kind, ...margin }],
    })
  return (
    <Form.Item
      label={wordKind(t, kind)}
      extra={t('cases.marginStandard', { before: standard.marginBefore, after: standard.marginAfter })}
    >
      <Space>
        <InputNumber
          value={before}
          min={0}
          max={MOST_MARGIN_MINUTES}
          precision={0}
          prefix={t('cases.before')}
          aria-label={`${wordKind(t, kind)} ${t('cases.before')}`}
          onChange={(value) => value !== null && set({ before: value, after })}
        />
        <InputNumber
          value={after}
          min={0}
          max={MOST_MARGIN_MINUTES}
          precision={0}
          prefix={t('cases.after')}
          aria-label={`${wordKind(t, kind)} ${t('cases.after')}`}
          onChange={(value) => value !== null && set({ before, after: value })}
        />
      </Space>
    </Form.Item>
  )
}
