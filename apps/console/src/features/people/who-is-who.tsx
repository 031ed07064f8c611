import type { Person } from '@jiankangbao/contracts/person-file/schemas'
import { ABSENCES, type Absence } from '@jiankangbao/domain/vocabulary/people'
import { Alert, Button, Form, Modal, Radio, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { IdentityFields, type IdentityValues, toIdentity } from '../../ui/identity-fields.tsx'
import { Problem } from '../../ui/problem.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { useAction } from '../../ui/use-action.ts'

type Change = 'unmerge' | 'absent' | 'present' | 'renew'

interface Values {
  absence?: Absence
  document?: IdentityValues
  reason: string
}

const KINDS = { unmerge: 'unmerge', absent: 'set_absence', present: 'end_absence', renew: 'renew' } as const

const changesOf = (person: Person): Change[] => [
  ...(person.oneWith.length > 0 ? (['unmerge'] as const) : []),
  person.absence ? 'present' : 'absent',
  // A resident number never changes.
  ...(person.documentType === 'resident_id' ? [] : (['renew'] as const)),
]

/** What two operators say about who this is: one with another document, dead or gone, a new document. */
export const WhoIsWho = ({ person }: { person: Person }) => {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Change>()
  return (
    <div className="who-is-who" data-testid="who-is-who">
      {(person.absence || person.oneWith.length > 0) && (
        <p>
          {person.absence && <Tag color="warning">{t(`whoIsWho.absences.${person.absence}`)}</Tag>}
          {person.oneWith.map((each) => (
            <Tag key={each.personId} color="processing">
              {t('whoIsWho.oneWith', {
                who: each.nameMasked,
                type: t(`domain.documentTypes.${each.documentType}`),
              })}
            </Tag>
          ))}
        </p>
      )}
      <Space wrap style={{ marginTop: 8 }}>
        {changesOf(person).map((change) => (
          <Button key={change} onClick={() => setAsked(change)}>
            {t(`whoIsWho.${change}`)}
          </Button>
        ))}
      </Space>
      {asked && <ChangeModal person={person} change={asked} onClose={() => setAsked(undefined)} />}
    </div>
  )
}

const ChangeModal = ({
  person,
  change,
  onClose,
}: {
  person: Person
  change: Change
  onClose: () => void
}) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const propose = useAction({
    run: ({ absence, document, reason }: Values) =>
      call('proposeIdentityChange', {
        body: {
          requestId,
          kind: KINDS[change],
          personId: person.personId,
          reason: reason.trim(),
          ...(absence ? { absence } : {}),
          ...(document ? { document: toIdentity(document) } : {}),
        },
      }),
    refresh: [['identity-changes']],
    done: t('whoIsWho.proposed'),
    onDone: onClose,
  })
  const required = { required: true, message: t('app.action.required') }
  return (
    <Modal
      open
      title={`${t(`whoIsWho.${change}`)} · ${person.nameMasked}`}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={propose.isPending}
    >
      <Alert type="warning" title={t(`whoIsWho.${change}Warn`)} style={{ marginBottom: 16 }} />
      <Problem error={propose.error} hideFields={change === 'renew'} />
      <Form
        form={form}
        layout="vertical"
        name={`who-is-who-${change}`}
        onFinish={(values) => propose.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        {change === 'absent' && (
          <Form.Item name="absence" label={t('whoIsWho.absence')} rules={[required]}>
            <Radio.Group
              options={ABSENCES.map((value) => ({ value, label: t(`whoIsWho.kinds.${value}`) }))}
            />
          </Form.Item>
        )}
        {change === 'renew' && <IdentityFields part="document" />}
        <ReasonField placeholder={t('app.action.reasonHint')} />
      </Form>
    </Modal>
  )
}
