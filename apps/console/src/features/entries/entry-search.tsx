import type { OfficeEntry, EntrySearch as Search } from '@jiankangbao/contracts/entry/schemas'
import { Form, Input, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { DocumentFields } from '../../ui/document-fields.tsx'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Props {
  open: boolean
  onClose: () => void
  onFound: (entries: readonly OfficeEntry[]) => void
}

const BY = ['arrivalNumber', 'document', 'name'] as const

/** By train, flight or plate, by document, or by how a masked name begins; not without a purpose. */
export const EntrySearch = ({ open, onClose, onFound }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ by: (typeof BY)[number] } & Search>()
  const by = Form.useWatch('by', form) ?? 'arrivalNumber'
  const searching = useAction({
    run: (search: Search) => call('searchEntries', { body: search }),
    refresh: [],
    onDone: ({ entries }) => {
      onFound(entries)
      onClose()
    },
  })
  return (
    <Modal
      open={open}
      title={t('entries.search')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('entries.search')}
      cancelText={t('app.action.cancel')}
      confirmLoading={searching.isPending}
      afterClose={() => {
        form.resetFields()
        searching.reset()
      }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ by: 'arrivalNumber' }}
        onFinish={({ by: _, ...search }) => searching.mutate(search)}
      >
        <Form.Item name="by">
          <Radio.Group options={BY.map((each) => ({ value: each, label: t(`entries.searchBy.${each}`) }))} />
        </Form.Item>
        {by === 'document' ? (
          <DocumentFields />
        ) : (
          <Form.Item
            name={by}
            label={t(`entries.searchBy.${by}`)}
            rules={[{ required: true, whitespace: true, message: t('app.action.required') }]}
          >
            <Input maxLength={by === 'name' ? 20 : 40} autoComplete="off" />
          </Form.Item>
        )}
        <PurposeField />
        <Problem error={searching.error} />
      </Form>
    </Modal>
  )
}
