import type { OperatorEntry } from '@jiankangbao/contracts/operator/schemas'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { Problem } from '../../ui/problem.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import { OperatorActs } from './operator-acts.tsx'
import { OperatorDrawer } from './operator-drawer.tsx'
import { type Secrets, SecretsModal } from './secrets-modal.tsx'

const columns: Column<OperatorEntry>[] = [
  {
    key: 'name',
    title: 'operators.displayName',
    primary: true,
    render: ({ displayName, username, active }, t) => (
      <>
        {displayName} <span className="code-text quiet small">{username}</span>{' '}
        {!active && <Tag>{t('operators.inactive')}</Tag>}
      </>
    ),
  },
  { key: 'organisation', title: 'operators.organisation', render: ({ organisation }) => organisation },
  {
    key: 'roles',
    title: 'operators.roles',
    render: ({ roles }, t) => roles.map((role) => t(`domain.roles.${role}`)).join(t('app.comma')),
  },
  { key: 'division', title: 'operators.division', render: ({ divisionName }) => divisionName },
  {
    key: 'last',
    title: 'operators.lastSignIn',
    render: ({ lastSignInAt }, t) => formatInstant(lastSignInAt) || t('operators.never'),
  },
]

/** People who work in the console. */
export default function OperatorsPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(['search'] as const)
  const [editing, setEditing] = useState<OperatorEntry | 'new'>()
  const [secrets, setSecrets] = useState<Secrets>()
  const query = useListQuery({
    key: ['operators'],
    query: { limit: 20, ...values, ...(cursor ? { cursor } : {}) },
    load: (filters) => call('listOperators', { query: filters }),
  })
  const reset = useAction({
    run: (operatorId: string) => call('resetOperator', { params: { operatorId } }),
    refresh: [['operators']],
    onDone: setSecrets,
  })
  const activate = useAction({
    run: ({ operatorId, active }: { operatorId: string; active: boolean }) =>
      call('changeOperator', { params: { operatorId }, body: { active } }),
    refresh: [['operators']],
    done: t('operators.changed'),
  })
  const closeSecrets = (): void => {
    setSecrets(undefined)
    reset.reset()
  }
  return (
    <ListPage
      words="operators"
      actions={
        <Button type="primary" onClick={() => setEditing('new')}>
          {t('operators.create')}
        </Button>
      }
      filters={
        <SearchField
          value={values.search}
          hint={t('operators.searchHint')}
          onSearch={(search) => set({ search })}
        />
      }
      above={<Problem error={reset.error ?? activate.error} />}
      query={query}
      paging={paging}
      rows={({ operators }) => operators}
      rowKey={({ operatorId }) => operatorId}
      columns={columns}
      rowActions={(operator) => (
        <OperatorActs
          operator={operator}
          onEdit={() => setEditing(operator)}
          onReset={() => reset.mutate(operator.operatorId)}
          onActivate={(active) => activate.mutate({ operatorId: operator.operatorId, active })}
        />
      )}
    >
      {editing && (
        <OperatorDrawer
          operator={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onCreated={setSecrets}
        />
      )}
      {secrets && <SecretsModal secrets={secrets} onClose={closeSecrets} />}
    </ListPage>
  )
}
