import type { Call } from '@jiankangbao/contracts/schemas'
import { Alert, Button, Form, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { DocumentFields } from '../../ui/document-fields.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Props {
  open: boolean
  onClose: () => void
  onFound: (personId: string) => void
}

/** Whom the log is asked about: by document, with a purpose. Only the person's number gets into the address. */
export const PersonSearchModal = ({ open, onClose, onFound }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Call<'searchAuditPerson'>['body']>()
  const search = useAction({
    run: (body: Call<'searchAuditPerson'>['body']) => call('searchAuditPerson', { body }),
    refresh: [['audit']],
  })
  const person = search.data?.persons[0]
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('audit.byPerson')}
      footer={null}
      afterClose={() => {
        form.resetFields()
        search.reset()
      }}
    >
      <p className="quiet">{t('audit.byPersonHint')}</p>
      <Form
        form={form}
        layout="vertical"
        onFinish={(values) => search.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <DocumentFields />
        <PurposeField />
        <Problem error={search.error} hideFields />
        <Button type="primary" htmlType="submit" loading={search.isPending}>
          {t('app.action.search')}
        </Button>
      </Form>
      {search.data && (
        <Alert
          style={{ marginTop: 16 }}
          type={person ? 'success' : 'info'}
          role="status"
          title={person ? `${person.nameMasked} ${person.documentNumberMasked}` : t('audit.personNotFound')}
          action={
            person && (
              <Button type="primary" onClick={() => onFound(person.personId)}>
                {t('audit.showPerson')}
              </Button>
            )
          }
        />
      )}
    </Modal>
  )
}
