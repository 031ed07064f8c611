import type { HotlineCaller } from '@jiankangbao/contracts/hotline/schemas'
import type { PersonEntry } from '@jiankangbao/contracts/person-file/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { toOutside } from '../../ui/outside-fields.tsx'
import { PersonSearchForm, type PersonSearchValues, usePersonSearch } from '../../ui/person-search.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { CallerMatters } from './caller-matters.tsx'
import { ReadOut } from './read-out.tsx'

interface Props {
  /** Another caller: what was typed and read about the one before is gone. */
  onAnother: () => void
  /** The number that was searched for. */
  onPhone: (phone: string | undefined) => void
}

/** Who calls: found by an exact number, for a purpose that the person sees; then what is read out. */
export const CallerPanel = ({ onAnother, onPhone }: Props) => {
  const { t } = useTranslation()
  const [searched, setSearched] = useState<PersonSearchValues>()
  const search = usePersonSearch()
  const found = search.data?.persons[0]
  if (found && searched)
    return (
      <section className="hotline-caller" aria-label={t('hotline.caller')}>
        <div className="panel">
          <Found person={found} searched={searched} onAnother={onAnother} />
        </div>
      </section>
    )
  return (
    <section className="hotline-caller" aria-label={t('hotline.caller')}>
      <PersonSearchForm
        first="phone"
        busy={search.isPending}
        error={search.error}
        onSearch={(values, form) => {
          setSearched(values)
          onPhone(values.phone)
          search.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
        }}
      />
      {search.data && (
        <Alert type="info" showIcon title={t('people.notFound')} description={t('hotline.notFound')} />
      )}
      {!search.data && <p className="quiet">{t('hotline.start')}</p>}
    </section>
  )
}

interface FoundProps {
  person: PersonEntry
  searched: PersonSearchValues
  onAnother: () => void
}

const Found = ({ person: { personId }, searched, onAnother }: FoundProps) => {
  const { purpose, reason, caseNumber } = searched
  const outside = { ...(reason ? { reason } : {}), ...(caseNumber ? { caseNumber } : {}) }
  const query = useQuery({
    queryKey: ['hotline', 'caller', personId],
    queryFn: () =>
      call('getHotlineCaller', {
        params: { personId },
        query: { purpose: purpose.trim(), ...toOutside(outside) },
      }),
    // Every reading is logged and shown to the person: none happens by itself, and nothing of it stays.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
  })
  return <QueryView query={query}>{(caller) => <Told caller={caller} onAnother={onAnother} />}</QueryView>
}

const Told = ({ caller, onAnother }: { caller: HotlineCaller; onAnother: () => void }) => {
  const { t } = useTranslation()
  const { person } = caller
  return (
    <>
      <h2>
        <span>
          {person.nameMasked} <ColourTag colour={person.colour} />
        </span>
        <Button onClick={onAnother}>{t('hotline.another')}</Button>
      </h2>
      <p className="quiet small">
        {t(`domain.documentTypes.${person.documentType}`)} {person.documentNumberMasked}
        {person.phoneMasked && <> · {person.phoneMasked}</>}
      </p>
      <ReadOut person={person} />
      <CallerMatters caller={caller} />
    </>
  )
}
