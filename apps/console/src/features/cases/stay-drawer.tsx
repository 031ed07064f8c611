import type { Case, CaseStay } from '@jiankangbao/contracts/tracing/schemas'
import { STAY_SCOPES } from '@jiankangbao/domain/vocabulary/tracing'
import { Alert, Button, Checkbox, Drawer, Form, Input, Radio, Space, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant, parseLocalInput, toLocalInput } from '../../api/instants.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { type Editing, useCaseAction } from './use-case-action.ts'

interface Props {
  opened: Case
  stay: CaseStay
  editing: Editing
  onClose: () => void
}
interface Values {
  fromAt: string
  untilAt: string
  scope: CaseStay['scope']
  counted: boolean
  reason: string
}

/** From when until when it stayed, how widely others count, and whether it counts at all; with why. */
export const StayDrawer = ({ opened, stay, editing, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const never = stay.marks.some((mark) => mark === 'far' || mark === 'withdrawn')
  const adjusting = useCaseAction(editing, {
    run: ({ fromAt, untilAt, scope, counted, reason }: Values) =>
      call('adjustCaseStay', {
        params: { caseId: opened.caseId, stayId: stay.stayId },
        body: {
          version: opened.version,
          fromAt: parseLocalInput(fromAt) ?? stay.fromAt,
          untilAt: parseLocalInput(untilAt) ?? stay.untilAt,
          scope,
          counted,
          reason: reason.trim(),
        },
      }),
    done: t('cases.adjustedNow'),
    onDone: onClose,
  })
  return (
    <Drawer open title={t('cases.adjustTitle')} onClose={onClose} size={520}>
      <p>
        <strong>
          {stay.venueName} · {stay.pointName}
        </strong>
      </p>
      <p className="small" data-testid="stay-now">
        {t('cases.scannedAt', { at: formatInstant(stay.scannedAt) })}
        <br />
        {t('cases.stayNow', { from: formatInstant(stay.fromAt), until: formatInstant(stay.untilAt) })}
        <br />
        {stay.adjusted
          ? t('cases.adjusted', { by: stay.adjusted.by, why: stay.adjusted.why })
          : t('cases.standardUntil', { at: formatInstant(stay.standardUntilAt) })}
      </p>
      {stay.marks.map((mark) => (
        <Tag key={mark} color="warning">
          {t(`cases.marks.${mark}`)}
        </Tag>
      ))}
      {never && <Alert type="info" showIcon title={t('cases.neverCounts')} />}
      <Form
        form={form}
        layout="vertical"
        style={{ marginTop: 16 }}
        initialValues={{
          fromAt: toLocalInput(Date.parse(stay.fromAt)),
          untilAt: toLocalInput(Date.parse(stay.untilAt)),
          scope: stay.scope,
          counted: stay.counted,
        }}
        onFinish={(values) =>
          adjusting.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
        }
      >
        <Space wrap>
          <Form.Item name="fromAt" label={t('cases.from')} rules={[{ required: true }]}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item name="untilAt" label={t('cases.until')} rules={[{ required: true }]}>
            <Input type="datetime-local" />
          </Form.Item>
        </Space>
        <Form.Item name="scope" label={t('cases.scope')} extra={t('cases.scopeHint')}>
          <Radio.Group
            options={STAY_SCOPES.map((scope) => ({
              value: scope,
              label: `${t(`cases.scopes.${scope}`)}${scope === 'floor' && stay.floor ? ` (${stay.floor})` : ''}`,
              disabled: scope === 'floor' && !stay.floor,
            }))}
          />
        </Form.Item>
        <Form.Item name="counted" valuePropName="checked">
          <Checkbox disabled={never}>{t('cases.counts')}</Checkbox>
        </Form.Item>
        <ReasonField label={t('cases.why')} rows={2} placeholder={t('cases.whyHint')} />
        <Problem error={adjusting.error} />
        <Button type="primary" htmlType="submit" loading={adjusting.isPending}>
          {t('app.action.save')}
        </Button>
      </Form>
    </Drawer>
  )
}
