import type { OperatorEntry } from '@jiankangbao/contracts/schemas/operator'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Input, Popconfirm, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import { OperatorDrawer } from './operator-drawer.tsx'
import { type Secrets, SecretsModal } from './secrets-modal.tsx'

/** People who work in the console. */
export default function OperatorsPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(['search'] as const)
  const [editing, setEditing] = useState<OperatorEntry | 'new'>()
  const [secrets, setSecrets] = useState<Secrets>()
  const filters = { limit: 20, ...values, ...(cursor ? { cursor } : {}) }
  const query = useQuery({
    queryKey: ['operators', filters],
    queryFn: () => call('listOperators', { query: filters }),
    placeholderData: keepPreviousData,
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
  const confirm = { okText: t('app.action.confirm'), cancelText: t('app.action.cancel') }
  return (
    <>
      <PageHead
        title={t('operators.title')}
        actions={
          <Button type="primary" onClick={() => setEditing('new')}>
            {t('operators.create')}
          </Button>
        }
      />
      <search className="filters">
        <Input.Search
          key={values.search ?? ''}
          className="filter-wide"
          defaultValue={values.search ?? ''}
          placeholder={t('operators.searchHint')}
          aria-label={t('operators.searchHint')}
          maxLength={60}
          allowClear
          onSearch={(search) => set({ search: search.trim() })}
        />
      </search>
      <Problem error={reset.error ?? activate.error} />
      <QueryView query={query}>
        {({ operators, nextCursor }) => (
          <DataList
            label={t('operators.title')}
            rows={operators}
            rowKey={({ operatorId }) => operatorId}
            refreshing={query.isPlaceholderData}
            paging={paging(nextCursor)}
            empty={{ title: t('operators.empty'), hint: t('operators.emptyHint') }}
            columns={[
              {
                key: 'name',
                title: t('operators.displayName'),
                primary: true,
                render: ({ displayName, username, active }) => (
                  <>
                    {displayName} <span className="code-text quiet small">{username}</span>{' '}
                    {!active && <Tag>{t('operators.inactive')}</Tag>}
                  </>
                ),
              },
              {
                key: 'organisation',
                title: t('operators.organisation'),
                render: ({ organisation }) => organisation,
              },
              {
                key: 'roles',
                title: t('operators.roles'),
                render: ({ roles }) => roles.map((role) => t(`domain.roles.${role}`)).join(t('app.comma')),
              },
              { key: 'division', title: t('operators.division'), render: ({ divisionName }) => divisionName },
              {
                key: 'last',
                title: t('operators.lastSignIn'),
                render: ({ lastSignInAt }) => formatInstant(lastSignInAt) || t('operators.never'),
              },
              {
                key: 'actions',
                title: '',
                actions: true,
                render: (operator) => {
                  const name = operator.displayName
                  return (
                    <Space wrap>
                      <Button size="small" onClick={() => setEditing(operator)}>
                        {t('app.action.edit')}
                      </Button>
                      <Popconfirm
                        title={t('operators.resetConfirm', { name })}
                        {...confirm}
                        onConfirm={() => reset.mutate(operator.operatorId)}
                      >
                        <Button size="small">{t('operators.reset')}</Button>
                      </Popconfirm>
                      <Popconfirm
                        title={t(
                          operator.active ? 'operators.deactivateConfirm' : 'operators.activateConfirm',
                          { name },
                        )}
                        {...confirm}
                        onConfirm={() =>
                          activate.mutate({ operatorId: operator.operatorId, active: !operator.active })
                        }
                      >
                        <Button size="small" danger={operator.active}>
                          {t(operator.active ? 'operators.deactivate' : 'operators.activate')}
                        </Button>
                      </Popconfirm>
                    </Space>
                  )
                },
              },
            ]}
          />
        )}
      </QueryView>
      {editing && (
        <OperatorDrawer
          operator={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onCreated={setSecrets}
        />
      )}
      {secrets && (
        <SecretsModal
          secrets={secrets}
          onClose={() => {
            setSecrets(undefined)
            reset.reset()
          }}
        />
      )}
    </>
  )
}
