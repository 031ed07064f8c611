import type { CalledTicket } from '@jiankangbao/contracts/ticket/schemas'
import { TICKET_FORMS, TICKET_KINDS, type TicketKind } from '@jiankangbao/domain/ticket/ticket'
import { Form, type FormInstance, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DivisionField } from './tree-fields.tsx'

export type CalledTicketValues = Omit<CalledTicket, 'requestId'>

/** What is written down of a call; each kind asks for its own. */
export const TicketFields = ({ form }: { form: FormInstance<CalledTicketValues> }) => {
  const { t } = useTranslation()
  const kind: TicketKind = Form.useWatch('kind', form) ?? 'question'
  const { choices, asksPlace, asksDay } = TICKET_FORMS[kind]
  const required = [{ required: true, message: t('app.action.required') }]
  return (
    <>
      <Form.Item name="phone" label={t('tickets.callerPhone')} rules={required}>
        <Input inputMode="tel" maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="callerName" label={t('tickets.callerName')} extra={t('tickets.callerNameHint')}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label={t('tickets.kind')}>
        <Radio.Group
          optionType="button"
          options={TICKET_KINDS.map((value) => ({ value, label: t(`tickets.kinds.${value}`) }))}
          onChange={() => form.resetFields(['choice', 'place', 'happenedOn'])}
        />
      </Form.Item>
      {choices.length > 0 && (
        <Form.Item name="choice" label={t('tickets.choice')} rules={required}>
          <Select options={choices.map((value) => ({ value, label: t(`tickets.choices.${value}`) }))} />
        </Form.Item>
      )}
      {asksPlace && (
        <Form.Item name="place" label={t('tickets.place')} rules={asksPlace === 'required' ? required : []}>
          <Input maxLength={100} />
        </Form.Item>
      )}
      {asksDay && (
        <Form.Item name="happenedOn" label={t('tickets.happenedOn')} rules={required}>
          <Input type="date" />
        </Form.Item>
      )}
      <Form.Item
        name="statement"
        label={t('tickets.statement')}
        rules={[{ required: true, min: 4, max: 1000, whitespace: true, message: t('tickets.statementHint') }]}
      >
        <Input.TextArea rows={5} maxLength={1000} showCount />
      </Form.Item>
      <Form.Item name="divisionCode" label={t('tickets.where')} rules={required}>
        <DivisionField />
      </Form.Item>
    </>
  )
}
