import type { PersonEntry } from '@jiankangbao/contracts/person-file/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { Button, Form, type FormInstance, Input, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { pathTo } from '../../path-to.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { DocumentFields } from '../../ui/document-fields.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { isOutside, OutsideFields, type OutsideValues, toOutside } from '../../ui/outside-fields.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { useAction } from '../../ui/use-action.ts'
import { PersonDrawer } from './person-drawer.tsx'

type Search = Call<'searchPerson'>['body']
interface SearchValues extends OutsideValues {
  by?: 'document' | 'phone'
  document?: Search['document']
  phone?: string
  purpose: string
}

const columns: Column<PersonEntry>[] = [
  { key: 'name', title: 'people.name', primary: true, render: ({ nameMasked }) => nameMasked },
  {
    key: 'document',
    title: 'people.document',
    render: ({ documentType, documentNumberMasked }, t) => (
      <>
        {t(`domain.documentTypes.${documentType}`)} <span className="code-text">{documentNumberMasked}</span>
      </>
    ),
  },
  { key: 'phone', title: 'people.phone', render: ({ phoneMasked }) => phoneMasked ?? '' },
  { key: 'status', title: 'people.status', render: ({ colour }) => <ColourTag colour={colour} /> },
]

/** Finding one person by an exact number, with a purpose. Nothing of the search goes into the address. */
export default function PeoplePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { personId } = useParams()
  const state = useLocation().state as { purpose?: string } | null
  const [searched, setSearched] = useState<SearchValues>()
  const search = useAction({
    run: ({ document, phone, purpose, ...outside }: SearchValues) =>
      call('searchPerson', {
        body: {
          purpose: purpose.trim(),
          ...(phone ? { phone } : document ? { document } : {}),
          ...toOutside(outside),
        },
      }),
    refresh: [],
  })
  const open = ({ personId: found }: PersonEntry): void => {
    const purpose = searched?.purpose.trim()
    void navigate(pathTo('/people/:personId?', { personId: found }), { state: purpose ? { purpose } : null })
  }
  return (
    <>
      <PageHead title={t('people.title')} />
      <p className="quiet">{t('people.intro')}</p>
      <SearchForm
        busy={search.isPending}
        error={search.error}
        onSearch={(values, form) => {
          setSearched(values)
          search.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
        }}
      />
      {search.data ? (
        <Found persons={search.data.persons} onOpen={open} />
      ) : (
        !search.isPending && <p className="quiet">{t('people.start')}</p>
      )}
      <PersonDrawer
        key={personId ?? ''}
        personId={personId}
        purpose={state?.purpose}
        onClose={() => void navigate(pathTo('/people/:personId?'))}
      />
    </>
  )
}

interface FormProps {
  busy: boolean
  error: unknown
  onSearch: (values: SearchValues, form: FormInstance<SearchValues>) => void
}

const SearchForm = ({ busy, error, onSearch }: FormProps) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<SearchValues>()
  const [by, setBy] = useState<'document' | 'phone'>('document')
  return (
    <div className="panel" style={{ maxWidth: 640 }}>
      <Segmented
        value={by}
        onChange={setBy}
        style={{ marginBottom: 16 }}
        options={[
          { value: 'document', label: t('people.byDocument') },
          { value: 'phone', label: t('people.byPhone') },
        ]}
      />
      <Form form={form} layout="vertical" onFinish={(values) => onSearch(values, form)}>
        {by === 'document' ? <DocumentFields /> : <PhoneField />}
        <PurposeField />
        {isOutside(error) && <OutsideFields />}
        <Problem error={error} hideFields />
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('app.action.search')}
        </Button>
      </Form>
    </div>
  )
}

const PhoneField = () => {
  const { t } = useTranslation()
  return (
    <Form.Item
      name="phone"
      label={t('people.phone')}
      validateTrigger="onBlur"
      rules={[
        { required: true, message: t('app.action.required') },
        {
          validator: (_, value: string | undefined) =>
            !value || parsePhone(value).ok
              ? Promise.resolve()
              : Promise.reject(new Error(t('reasons.format'))),
        },
      ]}
    >
      <Input maxLength={24} inputMode="tel" autoComplete="off" />
    </Form.Item>
  )
}

const Found = ({ persons, onOpen }: { persons: PersonEntry[]; onOpen: (person: PersonEntry) => void }) => {
  const { t } = useTranslation()
  return (
    <DataList
      label={t('people.title')}
      rows={persons}
      rowKey={({ personId }) => personId}
      empty={{ title: t('people.notFound'), hint: t('people.notFoundHint') }}
      columns={columns}
      actions={(person) => (
        <Button type="primary" onClick={() => onOpen(person)}>
          {t('people.open')}
        </Button>
      )}
    />
  )
}
