import { HOTLINE_ACTS } from '@jiankangbao/domain/ticket/hotline'
import { TICKET_KINDS } from '@jiankangbao/domain/ticket/ticket'
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Policy } from './policy-difference.ts'

const NORMS = [
  ['answerSeconds', 600],
  ['answerShare', 100],
  ['waitingPerOperator', 1000],
  ['ticketsPerOperator', 1000],
] as const

const useRequired = () => {
  const { t } = useTranslation()
  return [{ required: true, message: t('app.action.required') }]
}

/** Norms in figures, and what the hotline decides alone. */
export const NormFields = () => {
  const { t } = useTranslation()
  const required = useRequired()
  return (
    <>
      <div className="policy-norms">
        {NORMS.map(([norm, max]) => (
          <Form.Item key={norm} name={norm} label={t(`hotlinePolicy.${norm}`)} rules={required}>
            <InputNumber min={1} max={max} precision={0} />
          </Form.Item>
        ))}
        {TICKET_KINDS.map((kind) => (
          <Form.Item
            key={kind}
            name={['workingDays', kind]}
            label={t('hotlinePolicy.daysOf', { kind: t(`tickets.kinds.${kind}`) })}
            rules={required}
          >
            <InputNumber min={1} max={60} precision={0} />
          </Form.Item>
        ))}
      </div>
      <Form.Item
        name="answersAlone"
        label={t('hotlinePolicy.answersAlone')}
        extra={t('hotlinePolicy.aloneHint')}
      >
        <Checkbox.Group
          options={TICKET_KINDS.map((value) => ({ value, label: t(`tickets.kinds.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="actsAlone" label={t('hotlinePolicy.actsAlone')}>
        <Checkbox.Group
          options={HOTLINE_ACTS.map((value) => ({ value, label: t(`hotline.acts.${value}`) }))}
        />
      </Form.Item>
    </>
  )
}

interface RowProps {
  at: number
  onRemove: () => void
}

const KeyAndTitle = ({ at }: { at: number }) => {
  const { t } = useTranslation()
  const required = useRequired()
  const key = [...required, { pattern: /^[a-z][a-z0-9_]{1,29}$/, message: t('hotlinePolicy.keyHint') }]
  return (
    <>
      <Form.Item name={[at, 'key']} label={t('hotlinePolicy.key')} rules={key}>
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item name={[at, 'title', 'zh']} label={t('hotlinePolicy.titleZh')} rules={required}>
        <Input maxLength={20} />
      </Form.Item>
      <Form.Item name={[at, 'title', 'en']} label={t('hotlinePolicy.titleEn')} rules={required}>
        <Input maxLength={40} />
      </Form.Item>
    </>
  )
}

const Remove = ({ onRemove }: Pick<RowProps, 'onRemove'>) => {
  const { t } = useTranslation()
  return (
    <Button danger onClick={onRemove}>
      {t('hotlinePolicy.remove')}
    </Button>
  )
}

const CodeRow = ({ at, onRemove }: RowProps) => {
  const { t } = useTranslation()
  const answers: Policy['readyAnswers'] = Form.useWatch('readyAnswers') ?? []
  const known = answers.filter((each) => each?.key)
  return (
    <li className="policy-row">
      <KeyAndTitle at={at} />
      <Form.Item name={[at, 'answer']} label={t('hotlinePolicy.answerOf')}>
        <Select
          allowClear
          options={known.map(({ key, title }) => ({ value: key, label: title?.zh || key }))}
        />
      </Form.Item>
      <Remove onRemove={onRemove} />
    </li>
  )
}

const AnswerRow = ({ at, onRemove }: RowProps) => {
  const { t } = useTranslation()
  const required = useRequired()
  return (
    <li className="policy-row policy-answer">
      <KeyAndTitle at={at} />
      <Form.Item name={[at, 'words', 'zh']} label={t('hotlinePolicy.wordsZh')} rules={required}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={600} />
      </Form.Item>
      <Form.Item name={[at, 'words', 'en']} label={t('hotlinePolicy.wordsEn')} rules={required}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1200} />
      </Form.Item>
      <Remove onRemove={onRemove} />
    </li>
  )
}

const ROWS = { wrapUps: CodeRow, readyAnswers: AnswerRow } as const

/** Codes of calls, or ready answers: rows that are added and taken out. */
export const KeyedRows = ({ name }: { name: keyof typeof ROWS }) => {
  const { t } = useTranslation()
  const Row = ROWS[name]
  return (
    <Form.List name={name}>
      {(fields, { add, remove }) => (
        <>
          <ul className="plain-list policy-rows">
            {fields.map((field) => (
              <Row key={field.key} at={field.name} onRemove={() => remove(field.name)} />
            ))}
          </ul>
          <Button onClick={() => add()}>{t(`hotlinePolicy.add.${name}`)}</Button>
        </>
      )}
    </Form.List>
  )
}
