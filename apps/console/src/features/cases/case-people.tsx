import type { CaseRules } from '@jiankangbao/contracts/tracing/case-rules'
import type { Case, ContactCounts } from '@jiankangbao/contracts/tracing/schemas'
import { findFaultyRule } from '@jiankangbao/domain/tracing/rules'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { ContactList } from './contact-list.tsx'
import { RuleFields } from './rule-fields.tsx'
import { type Editing, useCaseAction } from './use-case-action.ts'

interface Props {
  opened: Case
  purpose: string
  editing: Editing
}

/** Who was there, counted without names by rules that can be tried out; named only when asked for. */
export const CasePeople = ({ opened, purpose, editing }: Props) => {
  const { t } = useTranslation()
  const [tried, setTried] = useState<CaseRules>()
  const rules = useDeferredValue(tried ?? opened.rules)
  const faulty = findFaultyRule(rules)
  const moved = tried !== undefined && JSON.stringify(tried) !== JSON.stringify(opened.rules)
  const counts = useQuery({
    queryKey: ['cases', 'counts', opened.caseId, opened.version, rules],
    queryFn: () => call('countCaseContacts', { params: { caseId: opened.caseId }, body: { rules } }),
    enabled: faulty === undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const saving = useCaseAction(editing, {
    run: (kept: CaseRules) =>
      call('changeCase', {
        params: { caseId: opened.caseId },
        body: { version: opened.version, rules: kept },
      }),
    done: t('cases.rulesSaved'),
    onDone: () => setTried(undefined),
  })
  return (
    <div className="panel">
      <h2>{t('cases.people')}</h2>
      <p className="quiet small">{t('cases.peopleHint')}</p>
      <RuleFields opened={opened} rules={tried ?? opened.rules} onChange={setTried} />
      {faulty && <Alert type="error" showIcon title={t('cases.faultyRule')} />}
      {moved && !faulty && (
        <Alert
          type="info"
          showIcon
          title={t('cases.trying')}
          action={
            <>
              <Button onClick={() => setTried(undefined)}>{t('cases.rulesBack')}</Button>{' '}
              <Button type="primary" loading={saving.isPending} onClick={() => saving.mutate(tried)}>
                {t('cases.rulesSave')}
              </Button>
            </>
          }
        />
      )}
      <Problem error={saving.error} />
      <QueryView query={counts}>
        {(found) => <Counts opened={opened} found={found} stale={counts.isPlaceholderData} />}
      </QueryView>
      <ContactList opened={opened} purpose={purpose} editing={editing} />
    </div>
  )
}

const Counts = ({ opened, found, stale }: { opened: Case; found: ContactCounts; stale: boolean }) => {
  const { t } = useTranslation()
  const crowded = found.places.filter(({ tooMany }) => tooMany)
  const nameOf = (stayId: string): string => {
    const stay = opened.stays.find((each) => each.stayId === stayId)
    return stay ? `${stay.venueName} · ${stay.pointName}` : stayId
  }
  const places = found.places.filter(({ tooMany }) => !tooMany)
  return (
    <div data-testid="case-counts" aria-busy={stale} style={{ opacity: stale ? 0.5 : 1, marginTop: 16 }}>
      {crowded.map(({ stayId, scans }) => (
        <Alert
          key={stayId}
          type="error"
          showIcon
          data-testid="too-many"
          title={t('cases.tooMany', { place: nameOf(stayId), most: found.mostScans })}
          description={t('cases.tooManyHint', { scans })}
          style={{ marginBottom: 12 }}
        />
      ))}
      {found.furtherTooMany > 0 && (
        <Alert type="warning" showIcon title={t('cases.furtherTooMany', { count: found.furtherTooMany })} />
      )}
      {found.unregistered > 0 && (
        <Alert type="info" showIcon title={t('cases.unregistered', { count: found.unregistered })} />
      )}
      <div className="case-figures">
        {found.groups.map(({ group, persons, coloured }) => (
          <div key={group} className="case-figure" data-testid={`group-${group}`}>
            {t(`proposals.caseGroups.${group}`)}
            <strong>{persons}</strong>
            <span className="quiet small">{t('cases.coloured', { count: coloured })}</span>
          </div>
        ))}
      </div>
      <div className="case-counts">
        <Bars title={t('cases.byDistrict')} rows={found.districts} />
        <Bars
          title={t('cases.byPlace')}
          rows={places.map(({ stayId, persons }) => ({ key: stayId, name: nameOf(stayId), persons }))}
        />
      </div>
    </div>
  )
}

const Bars = (props: { title: string; rows: readonly { key?: string; name: string; persons: number }[] }) => {
  const most = Math.max(1, ...props.rows.map(({ persons }) => persons))
  return (
    <section>
      <h3>{props.title}</h3>
      {props.rows.length === 0 && <span className="quiet">—</span>}
      {props.rows.map(({ key, name, persons }) => (
        <div key={key ?? name} className="case-count">
          <span>{name}</span>
          <meter min={0} max={most} value={persons} aria-label={name} />
          <span>{persons}</span>
        </div>
      ))}
    </section>
  )
}
