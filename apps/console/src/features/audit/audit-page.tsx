import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { EntryDetails, toColumns } from './audit-columns.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { FILTERS, toFilters } from './audit-query.ts'
import { ExportModal } from './export-modal.tsx'
import { PersonSearchModal } from './person-search-modal.tsx'
import { SealPanel } from './seal-panel.tsx'

/** Who did what and when: read only, filtered by the address; and whether the log is what it was. */
export default function AuditPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(FILTERS)
  const [asked, ask] = useState<'person' | 'export'>()
  const filters = { ...toFilters(values), limit: 50, ...(cursor ? { cursor } : {}) }
  const query = useQuery({
    queryKey: ['audit', filters],
    queryFn: () => call('listAuditEntries', { query: filters }),
    placeholderData: keepPreviousData,
  })
  const close = () => ask(undefined)
  return (
    <>
      <PageHead
        title={t('audit.title')}
        actions={
          <>
            <Button onClick={() => ask('person')}>{t('audit.byPerson')}</Button>
            <Button onClick={() => ask('export')}>{t('audit.download')}</Button>
          </>
        }
      />
      <SealPanel />
      <AuditFilters key={JSON.stringify(values)} values={values} set={set} />
      <QueryView query={query}>
        {({ entries, nextCursor }) => (
          <DataList
            label={t('audit.title')}
            rows={entries}
            rowKey={({ auditId }) => auditId}
            columns={toColumns(t)}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{ title: t('audit.empty'), hint: t('audit.emptyHint') }}
            expand={(entry) => <EntryDetails entry={entry} />}
          />
        )}
      </QueryView>
      <PersonSearchModal
        open={asked === 'person'}
        onClose={close}
        onFound={(personId) => {
          close()
          set({ personId })
        }}
      />
      <ExportModal open={asked === 'export'} onClose={close} filters={toFilters(values)} />
    </>
  )
}
