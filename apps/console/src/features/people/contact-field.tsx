import type { PersonEntry } from '@jiankangbao/contracts/person-file/schemas'
import { Alert, Button, Form, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { DocumentFields } from '../../ui/document-fields.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { isOutside, OutsideFields, type OutsideValues, toOutside } from '../../ui/outside-fields.tsx'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Values extends OutsideValues {
  document: { type: PersonEntry['documentType']; number: string }
  purpose: string
}
interface ControlProps {
  value?: string
  onChange?: (personId: string | undefined) => void
}

/** On whom a secondary contact hangs; found like anybody, by an exact document and for a purpose that is logged. */
export const ContactField = () => {
  const { t } = useTranslation()
  return (
    <Form.Item name="contactPersonId" label={t('people.contact')} extra={t('people.contactHint')}>
      <ContactControl />
    </Form.Item>
  )
}

const ContactControl = ({ value, onChange }: ControlProps) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [asking, setAsking] = useState(false)
  const [found, setFound] = useState<PersonEntry>()
  const search = useAction({
    run: ({ document, purpose, ...outside }: Values) =>
      call('searchPerson', { body: { document, purpose: purpose.trim(), ...toOutside(outside) } }),
    refresh: [],
    onDone: ({ persons: [person] }) => {
      if (!person) return
      setFound(person)
      onChange?.(person.personId)
      setAsking(false)
    },
  })
  return (
    <>
      {value && found && (
        <span data-testid="contact">
          {found.nameMasked} <span className="code-text quiet small">{found.documentNumberMasked}</span>{' '}
        </span>
      )}
      <Button onClick={() => setAsking(true)}>
        {t(value ? 'people.contactChange' : 'people.contactFind')}
      </Button>
      {value && (
        <Button type="link" onClick={() => onChange?.(undefined)}>
          {t('people.contactRemove')}
        </Button>
      )}
      <Modal
        open={asking}
        title={t('people.contactFind')}
        onCancel={() => setAsking(false)}
        onOk={() => form.submit()}
        okText={t('people.contactFind')}
        cancelText={t('app.action.cancel')}
        confirmLoading={search.isPending}
        destroyOnHidden
      >
        <Problem error={search.error} hideFields />
        {search.data?.persons.length === 0 && <Alert type="warning" showIcon title={t('people.notFound')} />}
        <Form
          form={form}
          layout="vertical"
          onFinish={(values) =>
            search.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
          }
        >
          <DocumentFields />
          <PurposeField />
          {isOutside(search.error) && <OutsideFields />}
        </Form>
      </Modal>
    </>
  )
}
