import type { OfficeAppeal } from '@jiankangbao/contracts/schemas/appeal'
import { Alert, Form, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant, parseLocalInput, toLocalInput } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useAction } from '../../ui/use-action.ts'
import { EvidenceField, InstantField } from '../people/propose-drawer.tsx'

interface Values {
  findingId: string
  kind: 'ended' | 'withdrawn'
  endedAt?: string
  evidence: string
}
interface Props {
  appeal: OfficeAppeal
  open: boolean
  onClose: () => void
}

/** Proposes that a finding of the person ends or was never right; the decision about it decides the appeal. */
export const ProposeModal = ({ appeal, open, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('kind', form)
  const [requestId] = useState(createRequestId)
  const active = appeal.person.findings.filter(({ state, endedAt }) => state === 'active' && !endedAt)
  const likely = active.find(({ category }) => category === appeal.category)
  const proposing = useAction({
    run: ({ findingId, kind: how, endedAt, evidence }: Values) => {
      const instant = how === 'ended' ? parseLocalInput(endedAt ?? '') : undefined
      return call('proposeAppeal', {
        params: { appealId: appeal.appealId },
        body: { requestId, findingId, kind: how, evidence, ...(instant ? { endedAt: instant } : {}) },
      })
    },
    refresh: [['appeals'], ['proposals']],
    done: t('appeals.proposed'),
    onDone: onClose,
  })
  return (
    <Modal
      open={open}
      title={t('appeals.proposeTitle')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={proposing.isPending}
      okButtonProps={{ disabled: active.length === 0 }}
    >
      <Problem error={proposing.error} hideFields />
      {active.length === 0 ? (
        <Alert type="warning" title={t('appeals.noFinding')} />
      ) : (
        <Form
          form={form}
          layout="vertical"
          initialValues={{
            findingId: likely?.findingId,
            kind: 'withdrawn',
            endedAt: toLocalInput(Date.now()),
          }}
          onFinish={(values) =>
            proposing.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
          }
        >
          <Alert type="info" title={t('appeals.proposeHint')} style={{ marginBottom: 16 }} />
          <Form.Item
            name="findingId"
            label={t('appeals.finding')}
            rules={[{ required: true, message: t('app.action.required') }]}
          >
            <Radio.Group
              options={active.map(({ findingId, category, anchorAt, evidence }) => ({
                value: findingId,
                label: `${wordCategory(t, category)} · ${formatInstant(anchorAt)} · ${evidence}`,
              }))}
            />
          </Form.Item>
          <Form.Item name="kind" label={t('people.endKind')}>
            <Radio.Group
              options={[
                { value: 'withdrawn', label: t('people.endWithdrawn') },
                { value: 'ended', label: t('people.endEnded') },
              ]}
            />
          </Form.Item>
          {kind === 'ended' && <InstantField name="endedAt" label={t('people.endedAt')} />}
          <EvidenceField />
        </Form>
      )}
    </Modal>
  )
}
