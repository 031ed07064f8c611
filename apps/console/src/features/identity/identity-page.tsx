import type { IdentityMatterEntry, IdentitySide, LetPass } from '@jiankangbao/contracts/identity/schemas'
import { IDENTITY_MATTER_STATES } from '@jiankangbao/domain/vocabulary/people'
import { useQuery } from '@tanstack/react-query'
import { Button, Descriptions, Modal, Select, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'

type Answer = 'merge' | 'keep_apart'

const columns: Column<IdentityMatterEntry>[] = [
  {
    key: 'documents',
    title: 'identity.documents',
    primary: true,
    render: ({ documentTypes }, t) =>
      documentTypes.map((type) => t(`domain.documentTypes.${type}`)).join(' / '),
  },
  {
    key: 'due',
    title: 'identity.due',
    render: ({ state, dueAt, isProposed, letPasses }, t) => (
      <>
        {formatInstant(dueAt)}{' '}
        {state === 'open' && Date.parse(dueAt) < Date.now() && <Tag color="error">{t('identity.late')}</Tag>}
        {isProposed && <Tag color="processing">{t('identity.proposed')}</Tag>}
        {letPasses > 0 && <Tag color="warning">{t('identity.letPassCount', { count: letPasses })}</Tag>}
      </>
    ),
  },
  { key: 'state', title: 'identity.state', render: ({ state }, t) => t(`identity.states.${state}`) },
]

/** Possible same persons: the oldest first, with the clock of two hours. */
export default function IdentityPage() {
  const { t } = useTranslation()
  const { values, cursor, set, paging } = useUrlFilters(['state'] as const)
  const [asking, setAsking] = useState<IdentityMatterEntry>()
  const [opened, setOpened] = useState<{ matterId: string; purpose: string }>()
  const state = chosenOf(IDENTITY_MATTER_STATES, values.state) ?? 'open'
  const query = useListQuery({
    key: ['identity-matters'],
    query: { limit: 20, state, ...(cursor ? { cursor } : {}) },
    load: (filters) => call('listIdentityMatters', { query: filters }),
    refreshMs: 30_000,
  })
  return (
    <ListPage
      words="identity"
      lead={t('identity.lead')}
      filters={
        <Select
          value={state}
          aria-label={t('identity.state')}
          onChange={(chosen) => set({ state: chosen })}
          options={IDENTITY_MATTER_STATES.map((value) => ({ value, label: t(`identity.states.${value}`) }))}
        />
      }
      query={query}
      paging={paging}
      rows={({ matters }) => matters}
      rowKey={({ matterId }) => matterId}
      columns={columns}
      rowActions={(matter) => <Button onClick={() => setAsking(matter)}>{t('identity.compare')}</Button>}
    >
      <ReasonModal
        open={asking !== undefined}
        title={t('identity.compare')}
        asks="purpose"
        busy={false}
        error={null}
        onSubmit={(purpose) => {
          if (asking) setOpened({ matterId: asking.matterId, purpose })
          setAsking(undefined)
        }}
        onClose={() => setAsking(undefined)}
      />
      {opened && <CompareModal opened={opened} onClose={() => setOpened(undefined)} />}
    </ListPage>
  )
}

const Side = ({ side }: { side: IdentitySide }) => {
  const { t } = useTranslation()
  return (
    <Descriptions bordered size="small" column={1}>
      <Descriptions.Item label={t('identity.name')}>{side.nameMasked}</Descriptions.Item>
      <Descriptions.Item label={t(`domain.documentTypes.${side.documentType}`)}>
        {side.documentNumberMasked} {side.country}
      </Descriptions.Item>
      <Descriptions.Item label={t('identity.colour')}>{t(`domain.colours.${side.colour}`)}</Descriptions.Item>
      <Descriptions.Item label={t('identity.registered')}>
        {formatInstant(side.registeredAt)}
      </Descriptions.Item>
    </Descriptions>
  )
}

/** Where staff compared both documents meanwhile. */
const LetPasses = ({ rows }: { rows: readonly LetPass[] }) => {
  const { t } = useTranslation()
  return (
    <section data-testid="let-passes">
      <h3>{t('identity.letPasses')}</h3>
      <ul>
        {rows.map(({ passedAt, venueName, pointName, by, organisation }) => (
          <li key={`${passedAt} ${by}`}>
            {t('identity.letPassLine', {
              at: formatInstant(passedAt),
              place: `${venueName} · ${pointName}`,
              by,
              organisation,
            })}
          </li>
        ))}
      </ul>
    </section>
  )
}

const CompareModal = ({
  opened,
  onClose,
}: {
  opened: { matterId: string; purpose: string }
  onClose: () => void
}) => {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<Answer>()
  const [requestId] = useState(() => crypto.randomUUID())
  const shown = useQuery({
    queryKey: ['identity-matter', opened],
    queryFn: () =>
      call('getIdentityMatter', {
        params: { matterId: opened.matterId },
        query: { purpose: opened.purpose },
      }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const propose = useAction({
    run: (reason: string) =>
      call('proposeIdentityChange', {
        body: { requestId, kind: answer ?? 'keep_apart', matterId: opened.matterId, reason },
      }),
    refresh: [['identity-matters'], ['identity-changes']],
    done: t('identity.waits'),
    onDone: onClose,
  })
  const mayAnswer = shown.data?.matter.state === 'open' && !shown.data.matter.isProposed
  return (
    <Modal open title={t('identity.compare')} onCancel={onClose} footer={null} width={800}>
      {shown.data && (
        <Space align="start" wrap>
          <Side side={shown.data.first} />
          <Side side={shown.data.second} />
        </Space>
      )}
      {shown.data && shown.data.letPasses.length > 0 && <LetPasses rows={shown.data.letPasses} />}
      {mayAnswer && (
        <p>
          <Space wrap>
            <Button onClick={() => setAnswer('merge')}>{t('identity.kinds.merge')}</Button>
            <Button onClick={() => setAnswer('keep_apart')}>{t('identity.kinds.keep_apart')}</Button>
          </Space>
        </p>
      )}
      <ReasonModal
        open={answer !== undefined}
        title={t(`identity.kinds.${answer ?? 'merge'}`)}
        busy={propose.isPending}
        error={propose.error}
        onSubmit={(reason) => propose.mutate(reason)}
        onClose={() => setAnswer(undefined)}
      />
    </Modal>
  )
}
