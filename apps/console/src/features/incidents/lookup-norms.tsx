import type { LookupNormOfRole } from '@jiankangbao/contracts/lookup/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { NormDrawer } from './norm-drawer.tsx'
import { NormRange } from './norm-range.tsx'

const columns: Column<LookupNormOfRole>[] = [
  {
    key: 'role',
    title: 'lookupDays.role',
    primary: true,
    render: ({ role, operators }, t) => (
      <>
        {t(`domain.roles.${role}`)}{' '}
        <span className="quiet small">{t('lookupDays.operators', { count: operators })}</span>
      </>
    ),
  },
  { key: 'range', title: 'lookupDays.norm', render: (norm) => <NormRange norm={norm} /> },
  { key: 'times', title: 'lookupDays.times', render: ({ timesUsual }) => `× ${timesUsual}` },
  {
    key: 'unusual',
    title: 'lookupDays.unusualDays',
    render: ({ unusualDays }) => <Tag color={unusualDays > 0 ? 'error' : 'default'}>{unusualDays}</Tag>,
  },
]

/** How many look-ups a day are usual for each role; changed by two people of headquarters. */
export const LookupNorms = () => {
  const { t } = useTranslation()
  const may = useMay()
  const [changing, setChanging] = useState<LookupNormOfRole>()
  const query = useQuery({ queryKey: ['lookup-norms'], queryFn: () => call('listLookupNorms', {}) })
  const acts = (norm: LookupNormOfRole) => {
    if (norm.proposalId)
      return (
        <Link to={pathTo('/proposals/:proposalId?', { proposalId: norm.proposalId, state: 'all' })}>
          <Button>{t('lookupDays.openProposal')}</Button>
        </Link>
      )
    return may('proposeLookupNorm') ? (
      <Button onClick={() => setChanging(norm)}>{t('lookupDays.change')}</Button>
    ) : null
  }
  return (
    <section aria-label={t('lookupDays.norms')}>
      <h2>{t('lookupDays.norms')}</h2>
      <p className="quiet">{t('lookupDays.normsLead')}</p>
      <QueryView query={query}>
        {({ norms }) => (
          <DataList
            label={t('lookupDays.norms')}
            rows={norms}
            rowKey={({ role }) => role}
            empty={{ title: t('lookupDays.none') }}
            columns={columns}
            actions={acts}
          />
        )}
      </QueryView>
      {changing && <NormDrawer norm={changing} onClose={() => setChanging(undefined)} />}
    </section>
  )
}
