import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { columns, EntryDetails } from './audit-columns.tsx'
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
  const query = useListQuery({
    key: ['audit'],
    query: { ...toFilters(values), limit: 50, ...(cursor ? { cursor } : {}) },
    load: (filters) => call('listAuditEntries', { query: filters }),
  })
  const close = () => ask(undefined)
  const take = (personId: string): void => {
    close()
    set({ personId })
  }
  return (
    <ListPage
      words="audit"
      actions={
        <>
          <Button onClick={() => ask('person')}>{t('audit.byPerson')}</Button>
          <Button onClick={() => ask('export')}>{t('audit.download')}</Button>
        </>
      }
      above={
        <>
          <SealPanel />
          <AuditFilters key={JSON.stringify(values)} values={values} set={set} />
        </>
      }
      query={query}
      paging={paging}
      rows={({ entries }) => entries}
      rowKey={({ auditId }) => auditId}
      columns={columns}
      expand={(entry) => <EntryDetails entry={entry} />}
    >
      <PersonSearchModal open={asked === 'person'} onClose={close} onFound={take} />
      <ExportModal open={asked === 'export'} onClose={close} filters={toFilters(values)} />
    </ListPage>
  )
}
