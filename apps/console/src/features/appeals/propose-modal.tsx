import type { OfficeAppeal } from '@jiankangbao/contracts/appeal/schemas'
import type { PersonFinding } from '@jiankangbao/contracts/person-file/schemas'
import { Alert, Form, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant, parseLocalInput, toLocalInput } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { EndFields, type EndValues, WhereEndable } from '../../ui/end-fields.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useAction } from '../../ui/use-action.ts'

interface Props {
  appeal: OfficeAppeal
  open: boolean
  onClose: () => void
}

/** Proposes that the findings behind the reason end or were never right; the decision about it decides the appeal. */
export const ProposeModal = ({ appeal, open, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<EndValues>()
  const [requestId] = useState(createRequestId)
  const behind = appeal.person.findings.filter(({ findingId }) => appeal.findingIds.includes(findingId))
  const proposing = useAction({
    run: ({ kind, endedAt, evidence }: EndValues) => {
      const instant = kind === 'ended' ? parseLocalInput(endedAt ?? '') : undefined
      return call('proposeAppeal', {
        params: { appealId: appeal.appealId },
        body: { requestId, kind, evidence, ...(instant ? { endedAt: instant } : {}) },
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
    >
      <Problem error={proposing.error} hideFields />
      {behind.length === 0 ? (
        <Alert type="warning" title={t('appeals.noFinding')} />
      ) : (
        <WhereEndable categories={behind.map(({ category }) => category)}>
          {(kinds) => (
            <Form
              form={form}
              layout="vertical"
              initialValues={{ kind: 'withdrawn', endedAt: toLocalInput(Date.now()) }}
              onFinish={(values) =>
                proposing.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
              }
            >
              <Alert type="info" title={t('appeals.proposeHint')} style={{ marginBottom: 16 }} />
              <Form.Item label={t('appeals.findings')}>
                <Behind findings={behind} />
              </Form.Item>
              <EndFields kinds={kinds} />
            </Form>
          )}
        </WhereEndable>
      )}
    </Modal>
  )
}

/** The findings that the appeal is about. */
const Behind = ({ findings }: { findings: readonly PersonFinding[] }) => {
  const { t } = useTranslation()
  return (
    <ul className="plain-list">
      {findings.map(({ findingId, category, anchorAt, endedAt, evidence }) => (
        <li key={findingId}>
          {wordCategory(t, category)} · {formatInstant(anchorAt)}
          {endedAt && ` – ${formatInstant(endedAt)}`} · {evidence}
        </li>
      ))}
    </ul>
  )
}
