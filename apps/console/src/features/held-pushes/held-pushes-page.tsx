import type { HeldPush, HeldRow } from '@jiankangbao/contracts/held-push/schemas'
import { HELD_PUSH_STATES, type HeldPushVerdict } from '@jiankangbao/domain/vocabulary/inflow'
import { Button, Select, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { chosenOf, useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'

const FILTERS = ['state'] as const

const columns: Column<HeldPush>[] = [
  { key: 'when', title: 'heldPushes.heldAt', render: ({ heldAt }) => formatInstant(heldAt) },
  { key: 'what', title: 'heldPushes.partner', primary: true, render: (push) => <What push={push} /> },
  { key: 'effect', title: 'heldPushes.effect', render: (push) => <Effect push={push} /> },
  { key: 'state', title: 'heldPushes.state', render: (push) => <State push={push} /> },
]

/** What partners pushed and would recolour many people: headquarters lets it count, or refuses it. */
export default function HeldPushesPage() {
  const { t } = useTranslation()
  const may = useMay()
  const { values, cursor, set, paging } = useUrlFilters(FILTERS)
  const [deciding, setDeciding] = useState<{ push: HeldPush; verdict: HeldPushVerdict }>()
  const state = chosenOf(HELD_PUSH_STATES, values.state)
  const query = useListQuery({
    key: ['held-pushes'],
    query: { limit: 20, ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) },
    load: (page) => call('listHeldPushes', { query: page }),
    refreshMs: 20_000,
  })
  return (
    <ListPage
      words="heldPushes"
      lead={t('heldPushes.lead')}
      filters={
        <Select
          value={state ?? ''}
          style={{ minWidth: 140 }}
          aria-label={t('heldPushes.state')}
          onChange={(value) => set({ state: value })}
          options={[
            { value: '', label: t('heldPushes.all') },
            ...HELD_PUSH_STATES.map((value) => ({ value, label: t(`heldPushes.states.${value}`) })),
          ]}
        />
      }
      query={query}
      paging={paging}
      rows={({ pushes }) => pushes}
      rowKey={({ heldPushId }) => heldPushId}
      columns={columns}
      expand={(push) => <Rows push={push} />}
      rowActions={(push) =>
        push.state === 'held' &&
        may('decideHeldPush') && (
          <Space>
            <Button type="primary" onClick={() => setDeciding({ push, verdict: 'release' })}>
              {t('heldPushes.verdicts.release')}
            </Button>
            <Button danger onClick={() => setDeciding({ push, verdict: 'refuse' })}>
              {t('heldPushes.verdicts.refuse')}
            </Button>
          </Space>
        )
      }
    >
      <DecisionModal deciding={deciding} onClose={() => setDeciding(undefined)} />
    </ListPage>
  )
}

const What = ({ push }: { push: HeldPush }) => {
  const { t } = useTranslation()
  return (
    <>
      <strong>{push.partner}</strong> {t(`heldPushes.kinds.${push.kind}`)}
      <div className="quiet small">{t('heldPushes.batch', { batch: push.batchId, count: push.rows })}</div>
      <div className="quiet small">{t(`heldPushes.limits.${push.heldFor}`)}</div>
    </>
  )
}

const Effect = ({ push: { red, yellow, unregistered } }: { push: HeldPush }) => {
  const { t } = useTranslation()
  return (
    <Space wrap>
      {red > 0 && (
        <span>
          <ColourTag colour="red" />
          {t('heldPushes.people', { count: red })}
        </span>
      )}
      {yellow > 0 && (
        <span>
          <ColourTag colour="yellow" />
          {t('heldPushes.people', { count: yellow })}
        </span>
      )}
      {unregistered > 0 && (
        <span className="quiet">{t('heldPushes.unregistered', { count: unregistered })}</span>
      )}
    </Space>
  )
}

const tags = { held: 'error', released: 'success', refused: 'default', withdrawn: 'default' } as const

const State = ({ push: { state, decidedBy, closedAt, reason } }: { push: HeldPush }) => {
  const { t } = useTranslation()
  return (
    <>
      <Tag color={tags[state]}>{t(`heldPushes.states.${state}`)}</Tag>
      {closedAt && (
        <div className="quiet small">
          {decidedBy} {formatInstant(closedAt)}
        </div>
      )}
      {reason && <div className="quiet small">{reason}</div>}
    </>
  )
}

const Rows = ({ push }: { push: HeldPush }) => {
  const { t } = useTranslation()
  return (
    <>
      <ul data-testid="held-rows">
        {push.sample.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a push never change their order
          <li key={place}>
            <Row row={row} />
          </li>
        ))}
      </ul>
      {push.rows > push.sample.length && (
        <p className="quiet small">{t('heldPushes.more', { count: push.rows - push.sample.length })}</p>
      )}
    </>
  )
}

const Row = ({ row }: { row: HeldRow }) => {
  const { t } = useTranslation()
  return (
    <Space wrap>
      {row.number && <code>{row.number}</code>}
      {row.kind && <span>{t(`heldPushes.testKinds.${row.kind}`)}</span>}
      {row.result && <span>{t(`heldPushes.results.${row.result}`)}</span>}
      {row.colour && <ColourTag colour={row.colour} />}
      {row.persons > 0 && <span>{t('heldPushes.people', { count: row.persons })}</span>}
      {row.at && <span className="quiet small">{formatInstant(row.at)}</span>}
    </Space>
  )
}

const DecisionModal = ({
  deciding,
  onClose,
}: {
  deciding: { push: HeldPush; verdict: HeldPushVerdict } | undefined
  onClose: () => void
}) => {
  const { t } = useTranslation()
  const decide = useAction({
    run: (reason: string) =>
      call('decideHeldPush', {
        params: { heldPushId: deciding?.push.heldPushId ?? '' },
        body: { verdict: deciding?.verdict ?? 'refuse', reason },
      }),
    refresh: [['held-pushes']],
    onDone: onClose,
    done: t('app.action.done'),
  })
  return (
    <ReasonModal
      open={deciding !== undefined}
      title={deciding ? t(`heldPushes.asks.${deciding.verdict}`, { partner: deciding.push.partner }) : ''}
      label={t('heldPushes.reasonHint')}
      busy={decide.isPending}
      error={decide.error}
      onSubmit={(reason) => decide.mutate(reason)}
      onClose={() => {
        decide.reset()
        onClose()
      }}
    />
  )
}
