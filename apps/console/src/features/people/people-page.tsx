import type { PersonEntry } from '@jiankangbao/contracts/person-file/schemas'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useParams } from 'react-router'
import { pathTo } from '../../path-to.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { PersonSearchForm, type PersonSearchValues, usePersonSearch } from '../../ui/person-search.tsx'
import { PersonDrawer } from './person-drawer.tsx'

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
  const [searched, setSearched] = useState<PersonSearchValues>()
  const search = usePersonSearch()
  const open = ({ personId: found }: PersonEntry): void => {
    const purpose = searched?.purpose.trim()
    void navigate(pathTo('/people/:personId?', { personId: found }), { state: purpose ? { purpose } : null })
  }
  return (
    <>
      <PageHead title={t('people.title')} />
      <p className="quiet">{t('people.intro')}</p>
      <PersonSearchForm
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
