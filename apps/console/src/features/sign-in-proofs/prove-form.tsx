import type { DocumentType } from '@jiankangbao/contracts/atoms'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { DocumentFields } from '../../ui/document-fields.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

interface ProveValues {
  proofCode: string
  document: { type: DocumentType; number: string }
  country?: string
  reason: string
}

/** The code on the new phone and the document of whoever holds it. An office proves at once; what the hotline enters waits. */
export const ProveForm = () => {
  const { t } = useTranslation()
  const [form] = Form.useForm<ProveValues>()
  const [requestId, setRequestId] = useState(createRequestId)
  const type = Form.useWatch(['document', 'type'], form)
  const prove = useAction({
    run: ({ proofCode, document, country, reason }: ProveValues) =>
      call('proveSignIn', {
        body: {
          requestId,
          proofCode,
          documentType: document.type,
          documentNumber: document.number,
          ...(document.type === 'passport' && country ? { country: country.trim().toUpperCase() } : {}),
          reason: reason.trim(),
        },
      }),
    refresh: [['sign-in-proofs']],
    onDone: () => {
      form.resetFields()
      setRequestId(createRequestId())
    },
  })
  const required = [{ required: true, message: t('app.action.required') }]
  return (
    <div className="panel" style={{ maxWidth: 640, marginBottom: 16 }}>
      {prove.data && (
        <Alert
          type={prove.data.state === 'proved' ? 'success' : 'info'}
          title={t(prove.data.state === 'proved' ? 'signInProofs.proved' : 'signInProofs.waits', {
            name: prove.data.nameMasked,
          })}
          style={{ marginBottom: 16 }}
        />
      )}
      <Form
        form={form}
        layout="vertical"
        onFinish={(values) => prove.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item name="proofCode" label={t('signInProofs.code')} rules={required}>
          <Input maxLength={20} inputMode="numeric" autoComplete="off" className="code-text" />
        </Form.Item>
        <DocumentFields />
        {type === 'passport' && (
          <Form.Item name="country" label={t('signInProofs.country')} rules={required}>
            <Input maxLength={3} className="code-text" />
          </Form.Item>
        )}
        <Form.Item name="reason" label={t('signInProofs.why')} rules={required}>
          <Input maxLength={500} />
        </Form.Item>
        <Problem error={prove.error} hideFields />
        <Button type="primary" htmlType="submit" loading={prove.isPending}>
          {t('signInProofs.submit')}
        </Button>
      </Form>
    </div>
  )
}
