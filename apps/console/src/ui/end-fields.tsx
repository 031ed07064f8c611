import { useQuery } from '@tanstack/react-query'
import { Alert, Form, Radio } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EvidenceField, InstantField } from './evidence-fields.tsx'
import { type EndKind, findingCategoriesQuery, listEndKinds } from './finding-categories.ts'
import { QueryView } from './query-view.tsx'

export interface EndValues {
  kind: EndKind
  endedAt?: string
  evidence: string
}

interface Props {
  /** Of the findings that would end. */
  categories: readonly string[]
  children: (kinds: readonly EndKind[]) => ReactNode
}

/** A form of an end where the rules know one; else what to do instead. */
export const WhereEndable = ({ categories, children }: Props) => {
  const { t } = useTranslation()
  const query = useQuery(findingCategoriesQuery)
  return (
    <QueryView query={query}>
      {(data) => {
        const kinds = listEndKinds(data.categories, categories)
        return kinds.length === 0 ? (
          <Alert type="warning" showIcon title={t('people.givenByProvince')} data-testid="not-endable" />
        ) : (
          children(kinds)
        )
      }}
    </QueryView>
  )
}

/** How it ended, when, and by what evidence; inside a form. Only the ways that mean something are offered. */
export const EndFields = ({ kinds }: { kinds: readonly EndKind[] }) => {
  const { t } = useTranslation()
  const form = Form.useFormInstance<EndValues>()
  const kind = Form.useWatch('kind', form)
  const words: Record<EndKind, string> = {
    ended: t('people.endEnded'),
    withdrawn: t('people.endWithdrawn'),
  }
  return (
    <>
      <Form.Item
        name="kind"
        label={t('people.endKind')}
        extra={!kinds.includes('ended') && t('people.nothingAwaited')}
      >
        <Radio.Group options={kinds.map((value) => ({ value, label: words[value] }))} />
      </Form.Item>
      {kind === 'ended' && <InstantField name="endedAt" label={t('people.endedAt')} />}
      <EvidenceField />
    </>
  )
}
