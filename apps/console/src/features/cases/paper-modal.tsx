import type { Call } from '@jiankangbao/contracts/schemas'
import type { Case, CaseStay } from '@jiankangbao/contracts/tracing/schemas'
import { Alert, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { wordReason } from '../../api/error-words.ts'
import { formatInstant } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { EvidenceField } from '../../ui/evidence-fields.tsx'
import { Problem } from '../../ui/problem.tsx'
import { readPaperLines } from './paper-lines.ts'
import { type Editing, useCaseAction } from './use-case-action.ts'

interface Props {
  opened: Case
  stay: CaseStay
  editing: Editing
  onClose: () => void
}
interface Values {
  list: string
  evidence: string
}
type Result = Call<'addCasePaperPeople'>['result']

/** People known only on paper, with place and day: they count once they are registered, and a list alone colours nobody. */
export const PaperModal = ({ opened, stay, editing, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [result, setResult] = useState<Result>()
  const [requestId] = useState(createRequestId)
  const adding = useCaseAction(editing, {
    run: async ({ list, evidence }: Values) => {
      const body = { requestId, version: opened.version, stayId: stay.stayId, evidence: evidence.trim() }
      const params = { caseId: opened.caseId }
      setResult(
        await call('addCasePaperPeople', { params, body: { ...body, people: readPaperLines(list).people } }),
      )
    },
  })
  return (
    <Modal
      open
      title={t('cases.paperTitle')}
      onCancel={onClose}
      onOk={() => (result ? onClose() : form.submit())}
      okText={t(result ? 'app.action.close' : 'app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={adding.isPending}
    >
      <p>
        {stay.venueName} · {stay.pointName} · {formatInstant(stay.fromAt)}
      </p>
      <Problem error={adding.error} />
      {result ? <Told result={result} /> : <PaperForm form={form} onFinish={adding.mutate} />}
    </Modal>
  )
}

interface FormProps {
  form: ReturnType<typeof Form.useForm<Values>>[0]
  onFinish: (values: Values) => void
}

const PaperForm = ({ form, onFinish }: FormProps) => {
  const { t } = useTranslation()
  return (
    <Form form={form} layout="vertical" onFinish={onFinish}>
      <Alert type="info" showIcon title={t('cases.paperHint')} style={{ marginBottom: 16 }} />
      <Form.Item
        name="list"
        label={t('cases.paperList')}
        extra={t('cases.paperLines')}
        rules={[
          { required: true, message: t('app.action.required') },
          {
            validator: (_, text: string | undefined) => {
              const { wrong } = readPaperLines(text ?? '')
              if (wrong.length === 0) return Promise.resolve()
              return Promise.reject(
                new Error(t('cases.paperWrong', { lines: wrong.slice(0, 10).join(', ') })),
              )
            },
          },
        ]}
      >
        <Input.TextArea rows={6} className="code-text" maxLength={20_000} />
      </Form.Item>
      <EvidenceField />
    </Form>
  )
}

/** Every row is accounted for. */
const Told = ({ result }: { result: Result }) => {
  const { t } = useTranslation()
  return (
    <Alert
      type={result.refused.length > 0 ? 'warning' : 'success'}
      showIcon
      data-testid="paper-result"
      title={t('cases.paperDone', { ...result, refused: result.refused.length })}
      description={
        <ul className="plain-list">
          {result.refused.map(({ row, reason }) => (
            <li key={row}>
              {t('cases.paperRow', { row })} {wordReason(t, reason)}
            </li>
          ))}
        </ul>
      }
    />
  )
}
