import type { Call } from '@jiankangbao/contracts/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { Form, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { createOperatorCall } from '../../api/client.ts'
import { saveFile } from '../../api/save-file.ts'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { useAction } from '../../ui/use-action.ts'

const EXPORT_TIMEOUT_MS = 120_000
const callPatiently = createOperatorCall(EXPORT_TIMEOUT_MS)

interface Props {
  open: boolean
  onClose: () => void
  filters: Omit<Call<'exportAuditEntries'>['body'], 'purpose'>
}

/** What fits the filters as a file; not without a purpose. */
export const ExportModal = ({ open, onClose, filters }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ purpose: string }>()
  const exporting = useAction({
    run: ({ purpose }: { purpose: string }) =>
      callPatiently('exportAuditEntries', { body: { ...filters, purpose } }),
    done: t('audit.exported'),
    refresh: [['audit']],
    onDone: (text) => {
      saveFile(text, `audit-${shanghaiDayOf(Date.now())}.csv`)
      onClose()
    },
  })
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('audit.exportTitle')}
      okText={t('audit.download')}
      confirmLoading={exporting.isPending}
      onOk={() => form.submit()}
      afterClose={() => {
        form.resetFields()
        exporting.reset()
      }}
    >
      <p className="quiet">{t('audit.exportHint')}</p>
      <Form form={form} layout="vertical" onFinish={(values) => exporting.mutate(values)}>
        <PurposeField />
        <Problem error={exporting.error} />
      </Form>
    </Modal>
  )
}
