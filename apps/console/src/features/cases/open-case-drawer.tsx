import type { PersonEntry } from '@jiankangbao/contracts/person-file/schemas'
import { Alert, Button, Drawer, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { parseLocalInput } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { pathTo } from '../../path-to.ts'
import { DocumentFields } from '../../ui/document-fields.tsx'
import { EvidenceField, InstantField } from '../../ui/evidence-fields.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { isOutside, OutsideFields, type OutsideValues, toOutside } from '../../ui/outside-fields.tsx'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { useAction } from '../../ui/use-action.ts'

type Basis = { findingId: string } | { testId: string } | { personId: string }
interface Props {
  /** From a finding or a result; absent where it is opened by hand. */
  basis: Basis | undefined
  /** What the page that led here said about it. */
  evidence?: string | undefined
  onClose: () => void
}

/** Opening a case: by hand the person is found first, and nobody is shown before a second person agreed. */
export const OpenCaseDrawer = ({ basis, evidence, onClose }: Props) => {
  const { t } = useTranslation()
  const [person, setPerson] = useState<PersonEntry>()
  const chosen = basis ?? (person && { personId: person.personId })
  return (
    <Drawer open title={t('cases.openTitle')} onClose={onClose} size={560}>
      {!basis && <Alert type="info" showIcon title={t('cases.byHandHint')} style={{ marginBottom: 16 }} />}
      {chosen ? (
        <OpeningForm basis={chosen} person={person} evidence={evidence} onClose={onClose} />
      ) : (
        <FindPerson onFound={setPerson} />
      )}
    </Drawer>
  )
}

interface FindValues extends OutsideValues {
  document: { type: PersonEntry['documentType']; number: string }
  purpose: string
}

const FindPerson = ({ onFound }: { onFound: (person: PersonEntry) => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<FindValues>()
  const search = useAction({
    run: ({ document, purpose, ...outside }: FindValues) =>
      call('searchPerson', { body: { document, purpose: purpose.trim(), ...toOutside(outside) } }),
    refresh: [],
    onDone: ({ persons: [found] }) => {
      if (found) onFound(found)
    },
  })
  return (
    <Form
      form={form}
      layout="vertical"
      onFinish={(values) => search.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
    >
      <DocumentFields />
      <PurposeField />
      {isOutside(search.error) && <OutsideFields />}
      <Problem error={search.error} hideFields />
      {search.data?.persons.length === 0 && (
        <Alert type="warning" showIcon title={t('people.notFound')} style={{ marginBottom: 16 }} />
      )}
      <Button type="primary" htmlType="submit" loading={search.isPending}>
        {t('app.action.search')}
      </Button>
    </Form>
  )
}

interface Values {
  onsetAt?: string
  isolatedAt?: string
  evidence: string
}

const OpeningForm = (props: {
  basis: Basis
  person: PersonEntry | undefined
  evidence: string | undefined
  onClose: () => void
}) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const byHand = 'personId' in props.basis
  const opening = useAction({
    run: ({ onsetAt, isolatedAt, evidence }: Values) => {
      const onset = parseLocalInput(onsetAt ?? '')
      const isolated = parseLocalInput(isolatedAt ?? '')
      return call('openCase', {
        body: {
          requestId,
          ...props.basis,
          ...(onset ? { onsetAt: onset } : {}),
          ...(isolated ? { isolatedAt: isolated } : {}),
          evidence: evidence.trim(),
        },
      })
    },
    refresh: [['cases', 'list'], ['proposals']],
    done: t(byHand ? 'cases.waitsNow' : 'cases.openedNow'),
    onDone: ({ caseId }) => {
      props.onClose()
      void navigate(pathTo('/cases/:caseId', { caseId }))
    },
  })
  return (
    <Form
      form={form}
      layout="vertical"
      {...(props.evidence ? { initialValues: { evidence: props.evidence } } : {})}
      onFinish={(values) => opening.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
    >
      {props.person && (
        <p data-testid="case-person">
          {props.person.nameMasked}{' '}
          <span className="code-text quiet small">{props.person.documentNumberMasked}</span>
        </p>
      )}
      {byHand ? (
        <InstantField name="onsetAt" label={t('cases.onset')} />
      ) : (
        <OptionalInstant name="onsetAt" words="cases.onset" hint="cases.onsetHint" />
      )}
      <OptionalInstant name="isolatedAt" words="cases.isolated" hint="cases.isolatedHint" />
      <EvidenceField />
      <Problem error={opening.error} />
      <Button type="primary" htmlType="submit" loading={opening.isPending}>
        {t('cases.open')}
      </Button>
    </Form>
  )
}

export const OptionalInstant = (props: { name: string; words: string; hint: string }) => {
  const { t } = useTranslation()
  return (
    <Form.Item name={props.name} label={t(props.words)} extra={t(props.hint)}>
      <Input type="datetime-local" style={{ width: 240 }} />
    </Form.Item>
  )
}
