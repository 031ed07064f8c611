import type { Person } from '@jiankangbao/contracts/person-file/schemas'
import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { parseLocalInput, toLocalInput } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { EvidenceField, InstantField } from '../../ui/evidence-fields.tsx'
import { findingCategoriesQuery } from '../../ui/finding-categories.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Impact } from '../../ui/impact.tsx'
import { Problem } from '../../ui/problem.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useAction } from '../../ui/use-action.ts'
import { ContactField } from './contact-field.tsx'
import { ZoneField } from './zone-field.tsx'

interface Values {
  category: string
  anchorAt: string
  evidence: string
  source: string
  contactPersonId?: string
  zone?: string
  workplace?: string
}

/** Proposing a finding: it turns nothing before another person approves it. */
export const ProposeDrawer = ({ person, onClose }: { person: Person; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const propose = useAction({
    run: ({ anchorAt, zone, workplace, contactPersonId, ...rest }: Values) =>
      call('proposeFinding', {
        body: {
          ...rest,
          ...(zone?.trim() ? { zone: zone.trim() } : {}),
          ...(workplace?.trim() ? { workplace: workplace.trim() } : {}),
          ...(contactPersonId ? { contactPersonId } : {}),
          requestId,
          personId: person.personId,
          anchorAt: parseLocalInput(anchorAt) ?? '',
        },
      }),
    refresh: [['proposals']],
  })
  return (
    <Drawer
      open
      title={`${t('people.propose')} · ${person.nameMasked}`}
      onClose={onClose}
      size={520}
      footer={
        propose.data ? (
          <Button onClick={onClose}>{t('app.action.close')}</Button>
        ) : (
          <Button type="primary" loading={propose.isPending} onClick={() => form.submit()}>
            {t('app.action.submit')}
          </Button>
        )
      }
    >
      {propose.data ? (
        <Proposed proposal={propose.data} />
      ) : (
        <>
          <p className="quiet">{t('people.proposeIntro')}</p>
          <Problem error={propose.error} hideFields />
          <Form
            form={form}
            layout="vertical"
            initialValues={{ anchorAt: toLocalInput(Date.now()) }}
            onFinish={(values) =>
              propose.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
            }
          >
            <CategoryField />
            <InstantField name="anchorAt" label={t('people.anchor')} />
            <Form.Item name="workplace" label={t('people.workplace')} extra={t('people.workplaceHint')}>
              <Input maxLength={100} />
            </Form.Item>
            <EvidenceField />
            <Form.Item
              name="source"
              label={t('people.source')}
              rules={[
                {
                  required: true,
                  min: 2,
                  max: 100,
                  whitespace: true,
                  message: t('app.action.tooShort', { min: 2 }),
                },
              ]}
            >
              <Input maxLength={100} placeholder={t('people.sourceHint')} />
            </Form.Item>
          </Form>
        </>
      )}
    </Drawer>
  )
}

const CategoryField = () => {
  const { t } = useTranslation()
  const form = Form.useFormInstance<Values>()
  const chosen = Form.useWatch('category', form)
  const query = useQuery(findingCategoriesQuery)
  const categories = (query.data?.categories ?? []).filter(({ manual }) => manual)
  const rule = categories.find(({ category }) => category === chosen)
  const colours = rule?.colours ?? []
  return (
    <>
      {query.isError && <Problem error={query.error} retry={() => void query.refetch()} />}
      <Form.Item
        name="category"
        label={t('people.category')}
        rules={[{ required: true, message: t('app.action.required') }]}
        extra={
          colours.length > 0 &&
          t('people.categoryOutcome', {
            colours: colours.map((colour) => t(`domain.colours.${colour}`)).join(t('app.comma')),
          })
        }
      >
        <Select
          loading={query.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          options={categories.map(({ category }) => ({ value: category, label: wordCategory(t, category) }))}
        />
      </Form.Item>
      {rule?.hangsOnContact && <ContactField />}
      {rule?.awaitsPlace && <ZoneField />}
    </>
  )
}

/** What the proposal would do, as the server computed it. */
export const Proposed = ({ proposal }: { proposal: Proposal }) => {
  const { t } = useTranslation()
  return (
    <div data-testid="proposed">
      <p role="status">
        <b>{t('people.proposed')}</b>
      </p>
      <h3>{t('people.impactTitle')}</h3>
      {proposal.impact && <Impact impact={proposal.impact} />}
      <p className="quiet small">
        {t('proposals.detail')} {proposal.proposalId}
      </p>
    </div>
  )
}
