import { ROUND_KINDS, type RoundKind } from '@jiankangbao/domain/testing/round'
import { Button, Drawer, Form, Input, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { parseLocalInput } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { RostersField, ZonesField } from './who-fields.tsx'

interface RoundValues {
  name: string
  who: 'residents' | 'rosters' | 'zones'
  divisionCode?: string
  rosterIds?: string[]
  zoneIds?: string[]
  kind: RoundKind
  /** As the browser's field has it, in the time of Shanghai. */
  fromAt: string
  untilAt: string
  dueAt: string
  times: number
  everyDays?: number | null
}

/** Makes a round: who, when, how often, pooled or single. Somebody else begins it. */
export const RoundDrawer = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<RoundValues>()
  const [requestId] = useState(createRequestId)
  const who = Form.useWatch('who', form)
  const times = Form.useWatch('times', form)
  const make = useAction({
    run: (values: RoundValues) =>
      call('makeTestRound', {
        body: {
          requestId,
          name: values.name,
          divisionCodes: values.who === 'residents' && values.divisionCode ? [values.divisionCode] : [],
          rosterIds: values.who === 'rosters' ? (values.rosterIds ?? []) : [],
          zoneIds: values.who === 'zones' ? (values.zoneIds ?? []) : [],
          kind: values.kind,
          fromAt: parseLocalInput(values.fromAt) ?? '',
          untilAt: parseLocalInput(values.untilAt) ?? '',
          dueAt: parseLocalInput(values.dueAt) ?? '',
          times: values.times,
          ...(values.times > 1 && values.everyDays ? { everyDays: values.everyDays } : {}),
        },
      }),
    done: t('testRounds.made'),
    refresh: [['test-rounds']],
    onDone: onClose,
  })
  const required = [{ required: true, message: t('reasons.required') }]
  return (
    <Drawer open title={t('testRounds.make')} onClose={onClose} size={480}>
      <Problem error={make.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ who: 'residents', kind: 'pooled', times: 1 }}
        onFinish={(values) => make.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item name="name" label={t('testRounds.name')} rules={required}>
          <Input maxLength={60} placeholder={t('testRounds.nameHint')} />
        </Form.Item>
        <Form.Item name="who" label={t('testRounds.who')}>
          <Radio.Group
            options={(['residents', 'rosters', 'zones'] as const).map((value) => ({
              value,
              label: t(`testRounds.whos.${value}`),
            }))}
          />
        </Form.Item>
        {who === 'rosters' && <RostersField />}
        {who === 'zones' && <ZonesField />}
        {who === 'residents' && (
          <Form.Item name="divisionCode" label={t('testRounds.division')} rules={required}>
            <DivisionField />
          </Form.Item>
        )}
        <Form.Item name="kind" label={t('testRounds.kind')}>
          <Radio.Group
            options={ROUND_KINDS.map((value) => ({ value, label: t(`testRounds.kinds.${value}`) }))}
          />
        </Form.Item>
        {(['fromAt', 'untilAt', 'dueAt'] as const).map((name) => (
          <Form.Item key={name} name={name} label={t(`testRounds.${name}`)} rules={required}>
            <Input type="datetime-local" />
          </Form.Item>
        ))}
        <Form.Item name="times" label={t('testRounds.times')} rules={required}>
          <InputNumber min={1} max={30} precision={0} />
        </Form.Item>
        {times > 1 && (
          <Form.Item name="everyDays" label={t('testRounds.everyDays')} rules={required}>
            <InputNumber min={1} max={30} precision={0} />
          </Form.Item>
        )}
        <p className="quiet">{t('testRounds.secondBegins')}</p>
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {t('testRounds.make')}
        </Button>
      </Form>
    </Drawer>
  )
}
