import type { LookupNormOfRole } from '@jiankangbao/contracts/lookup/schemas'
import type { LookupNorm } from '@jiankangbao/domain/vocabulary/lookups'
import { Button, Drawer, Form, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { EvidenceField } from '../../ui/evidence-fields.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

type Values = LookupNorm & { evidence: string }

const FIGURES = [
  ['least', 1, 1000, 1],
  ['timesUsual', 1, 20, 0.5],
  ['most', 1, 5000, 1],
] as const

/** Proposes another figure for a role; another person of headquarters decides. */
export const NormDrawer = ({ norm, onClose }: { norm: LookupNormOfRole; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const { role, least, timesUsual, most } = norm
  const change = useAction({
    run: (values: Values) => call('proposeLookupNorm', { params: { role }, body: { requestId, ...values } }),
    refresh: [['lookup-norms'], ['proposals']],
    done: t('lookupDays.proposed'),
    onDone: onClose,
  })
  return (
    <Drawer
      open
      title={`${t('lookupDays.change')} · ${t(`domain.roles.${role}`)}`}
      onClose={onClose}
      size={480}
    >
      <p className="quiet">{t('lookupDays.changeLead')}</p>
      <Problem error={change.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ least, timesUsual, most }}
        onFinish={(values) => change.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        {FIGURES.map(([name, min, max, step]) => (
          <Form.Item
            key={name}
            name={name}
            label={t(`lookupDays.figures.${name}`)}
            rules={[{ required: true, message: t('app.action.required') }]}
          >
            <InputNumber min={min} max={max} step={step} style={{ width: 160 }} />
          </Form.Item>
        ))}
        <EvidenceField />
        <Button type="primary" loading={change.isPending} onClick={() => form.submit()}>
          {t('app.action.submit')}
        </Button>
      </Form>
    </Drawer>
  )
}
