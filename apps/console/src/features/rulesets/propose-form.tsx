import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { parseLocalInput, toLocalInput } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Values {
  effectiveFrom: string
  evidence: string
}

/** From when the rules are to be in force and who ordered them; somebody else at headquarters decides. */
export const ProposeForm = ({ draftId }: { draftId: string }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const propose = useAction({
    run: ({ effectiveFrom, evidence }: Values) =>
      call('proposeRuleset', {
        params: { draftId },
        body: { requestId, evidence: evidence.trim(), effectiveFrom: parseLocalInput(effectiveFrom) ?? '' },
      }),
    refresh: [['rulesets'], ['proposals']],
    done: t('rulesets.proposed'),
  })
  return (
    <section className="panel" aria-labelledby="propose-rules" style={{ maxWidth: 720 }}>
      <h2 id="propose-rules">{t('rulesets.propose')}</h2>
      <Alert type="info" title={t('rulesets.proposeHint')} style={{ marginBottom: 16 }} />
      <Problem error={propose.error} hideFields />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ effectiveFrom: toLocalInput(Date.now() + 24 * 3600_000) }}
        onFinish={(values) => propose.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item
          name="effectiveFrom"
          label={t('rulesets.effectiveFrom')}
          rules={[{ required: true, message: t('app.action.required') }]}
        >
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item
          name="evidence"
          label={t('rulesets.evidence')}
          extra={t('rulesets.evidenceHint')}
          rules={[
            {
              required: true,
              whitespace: true,
              min: 4,
              max: 500,
              message: t('app.action.tooShort', { min: 4 }),
            },
          ]}
        >
          <Input maxLength={500} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={propose.isPending}>
          {t('rulesets.propose')}
        </Button>
      </Form>
    </section>
  )
}
