import type { Case, CaseContact } from '@jiankangbao/contracts/tracing/schemas'
import { CONTACT_GROUPS, type ContactGroup } from '@jiankangbao/domain/tracing/contacts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { ProposeContacts } from './propose-contacts.tsx'
import { type Editing, useCaseAction } from './use-case-action.ts'

const columns: Column<CaseContact>[] = [
  {
    key: 'person',
    title: 'cases.person',
    primary: true,
    render: ({ nameMasked, colour, household, companion, caseId }, t) => (
      <>
        {nameMasked} <ColourTag colour={colour} />
        <div>
          {household && <Tag>{t('cases.household')}</Tag>}
          {companion && <Tag>{t('cases.companion')}</Tag>}
          {caseId && (
            <Link to={pathTo('/cases/:caseId', { caseId })}>
              <Tag color="error">{t('cases.ownCase', { caseId })}</Tag>
            </Link>
          )}
        </div>
      </>
    ),
  },
  { key: 'group', title: 'cases.group', render: ({ group }, t) => t(`proposals.caseGroups.${group}`) },
  {
    key: 'minutes',
    title: 'cases.together',
    render: ({ minutes, times }, t) => (
      <>
        {t('cases.minutes', { count: minutes })}
        <div className="quiet small">{t('cases.times', { count: times })}</div>
      </>
    ),
  },
  { key: 'surety', title: 'cases.surety', render: ({ surety }, t) => t(`cases.sureties.${surety}`) },
  { key: 'last', title: 'cases.lastAt', render: ({ lastAt }) => formatInstant(lastAt) },
]

interface ListProps {
  opened: Case
  purpose: string
  editing: Editing
}

/** The people by name, masked: only when asked for, since each of them then reads that they were looked at. */
export const ContactList = ({ opened, purpose, editing }: ListProps) => {
  const { t } = useTranslation()
  const [shown, show] = useState(false)
  const [without, setWithout] = useState<readonly string[]>([])
  const [further, setFurther] = useState<readonly string[]>(opened.rules.further ?? [])
  return (
    <>
      <div className="case-acts page-actions">
        {!shown && <Button onClick={() => show(true)}>{t('cases.showNames')}</Button>}
        <ProposeContacts opened={opened} without={without} />
      </div>
      {!shown && <p className="quiet small">{t('cases.namesHint')}</p>}
      {shown && (
        <Named
          opened={opened}
          purpose={purpose}
          without={without}
          onLeave={(personId, left) => setWithout((before) => toggled(before, personId, left))}
          further={further}
          onFurther={(personId, chosen) => setFurther((before) => toggled(before, personId, chosen))}
        />
      )}
      {shown && <FurtherBar opened={opened} editing={editing} further={further} />}
    </>
  )
}

const toggled = (before: readonly string[], personId: string, on: boolean): readonly string[] =>
  on ? [...before, personId] : before.filter((each) => each !== personId)

/** One step further: contacts of the chosen contacts are looked for as well, as a rule of the case. */
const FurtherBar = (props: { opened: Case; editing: Editing; further: readonly string[] }) => {
  const { t } = useTranslation()
  const { opened, further } = props
  const saving = useCaseAction(props.editing, {
    run: () =>
      call('changeCase', {
        params: { caseId: opened.caseId },
        body: { version: opened.version, rules: { ...opened.rules, further: [...further] } },
      }),
    done: t('cases.rulesSaved'),
  })
  const now = opened.rules.further ?? []
  const same = now.length === further.length && now.every((each) => further.includes(each))
  if (same) return now.length > 0 ? <p>{t('cases.furtherNow', { count: now.length })}</p> : null
  return (
    <>
      <Problem error={saving.error} />
      <Alert
        type="info"
        showIcon
        title={t('cases.furtherHint', { count: further.length })}
        action={
          <Button type="primary" loading={saving.isPending} onClick={() => saving.mutate(undefined)}>
            {t('cases.furtherFind')}
          </Button>
        }
      />
    </>
  )
}

interface NamedProps {
  opened: Case
  purpose: string
  without: readonly string[]
  onLeave: (personId: string, left: boolean) => void
  further: readonly string[]
  onFurther: (personId: string, chosen: boolean) => void
}

const Named = ({ opened, purpose, without, onLeave, further, onFurther }: NamedProps) => {
  const { t } = useTranslation()
  const [group, setGroup] = useState<ContactGroup | 'all'>('all')
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors[cursors.length - 1]
  const query = useQuery({
    queryKey: ['cases', 'contacts', opened.caseId, opened.version, purpose, group, cursor],
    queryFn: () =>
      call('listCaseContacts', {
        params: { caseId: opened.caseId },
        query: {
          purpose,
          limit: 50,
          ...(group === 'all' ? {} : { group }),
          ...(cursor ? { cursor } : {}),
        },
      }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnReconnect: false,
  })
  return (
    <>
      <Segmented
        value={group}
        style={{ margin: '12px 0' }}
        onChange={(chosen) => {
          setGroup(chosen)
          setCursors([])
        }}
        options={[
          { value: 'all' as const, label: t('cases.allGroups') },
          ...CONTACT_GROUPS.map((value) => ({ value, label: t(`proposals.caseGroups.${value}`) })),
        ]}
      />
      {without.length > 0 && (
        <Alert type="info" showIcon title={t('cases.leftOut', { count: without.length })} />
      )}
      <QueryView query={query}>
        {({ contacts, nextCursor }) => (
          <DataList
            label={t('cases.people')}
            rows={contacts}
            rowKey={({ personId }) => personId}
            columns={columns}
            refreshing={query.isPlaceholderData}
            empty={{ title: t('cases.nobody'), hint: t('cases.nobodyHint') }}
            paging={{
              isFirst: cursor === undefined,
              toFirst: () => setCursors([]),
              toNext: nextCursor === undefined ? undefined : () => setCursors([...cursors, nextCursor]),
            }}
            actions={({ personId, group: of }) => (
              <>
                <Checkbox
                  checked={without.includes(personId)}
                  onChange={({ target }) => onLeave(personId, target.checked)}
                >
                  {t('cases.leaveOut')}
                </Checkbox>
                <Checkbox
                  checked={further.includes(personId)}
                  disabled={of === 'secondary_contact'}
                  onChange={({ target }) => onFurther(personId, target.checked)}
                >
                  {t('cases.further')}
                </Checkbox>
              </>
            )}
          />
        )}
      </QueryView>
    </>
  )
}
