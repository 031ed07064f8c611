import type { OperatorEntry } from '@jiankangbao/contracts/operator/schemas'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { Problem } from '../../ui/problem.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import { HalfModal, type HandedHalf } from './half-modal.tsx'
import { OperatorActs } from './operator-acts.tsx'
import { OperatorDrawer } from './operator-drawer.tsx'

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
  const [handed, setHanded] = useState<HandedHalf>()
  const [resetting, setResetting] = useState<{ operator: OperatorEntry; requestId: string }>()
  const [returning, setReturning] = useState<OperatorEntry>()
  const query = useListQuery({
    key: ['operators'],
    query: { limit: 20, ...values, ...(cursor ? { cursor } : {}) },
    load: (filters) => call('listOperators', { query: filters }),
  })
  const [leaving, setLeaving] = useState<OperatorEntry>()
  const signOut = useAction({
    run: (reason: string) =>
      call('endOperatorSessions', {
        params: { operatorId: leaving?.operatorId ?? '' },
        body: { reason },
      }),
    refresh: [],
    done: t('operators.signedOut'),
    onDone: () => setLeaving(undefined),
  })
  const reset = useAction({
    run: (reason: string) =>
      call('resetOperator', {
        params: { operatorId: resetting?.operator.operatorId ?? '' },
        body: { requestId: resetting?.requestId ?? '', reason },
      }),
    refresh: [['operator-changes']],
    onDone: ({ change, activation }) => {
      setResetting(undefined)
      setHanded(activation && { change, activation })
    },
  })
  const activate = useAction({
    run: ({ operatorId, ...body }: { operatorId: string; active: boolean; reason?: string }) =>
      call('changeOperator', { params: { operatorId }, body }),
    refresh: [['operators'], ['operator-changes']],
    done: t('operators.changed'),
    onDone: () => setReturning(undefined),
  })
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
      above={<Problem error={returning ? undefined : activate.error} />}
      query={query}
      paging={paging}
      rows={({ operators }) => operators}
      rowKey={({ operatorId }) => operatorId}
      columns={columns}
      rowActions={(operator) => (
        <OperatorActs
          operator={operator}
          onEdit={() => setEditing(operator)}
          onReset={() => setResetting({ operator, requestId: createRequestId() })}
          onSignOut={() => setLeaving(operator)}
          onActivate={(active) =>
            active ? setReturning(operator) : activate.mutate({ operatorId: operator.operatorId, active })
          }
        />
      )}
    >
      {editing && (
        <OperatorDrawer
          operator={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onProposed={setHanded}
        />
      )}
      <ReasonModal
        open={resetting !== undefined}
        title={t('operators.resetTitle', { name: resetting?.operator.displayName ?? '' })}
        warning={t('operators.twoPersons')}
        busy={reset.isPending}
        error={reset.error}
        onSubmit={(reason) => reset.mutate(reason)}
        onClose={() => setResetting(undefined)}
      />
      <ReasonModal
        open={returning !== undefined}
        title={t('operators.activateTitle', { name: returning?.displayName ?? '' })}
        warning={t('operators.twoPersons')}
        busy={activate.isPending}
        error={activate.error}
        onSubmit={(reason) =>
          activate.mutate({ operatorId: returning?.operatorId ?? '', active: true, reason })
        }
        onClose={() => setReturning(undefined)}
      />
      <ReasonModal
        open={leaving !== undefined}
        title={t('operators.signOutTitle', { name: leaving?.displayName ?? '' })}
        warning={t('operators.signOutWarn')}
        danger
        busy={signOut.isPending}
        error={signOut.error}
        onSubmit={(reason) => signOut.mutate(reason)}
        onClose={() => setLeaving(undefined)}
      />
      {handed && <HalfModal handed={handed} onClose={() => setHanded(undefined)} />}
    </ListPage>
  )
}
