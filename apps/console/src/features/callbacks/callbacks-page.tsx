import type { Callback } from '@jiankangbao/contracts/callback/schemas'
import type { CallOutcome } from '@jiankangbao/domain/testing/my-test'
import { useQuery } from '@tanstack/react-query'
import { Button, Space, Tag } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { OpenCaseLink } from '../../ui/open-case-link.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'

const EVERY_MS = 15_000
const MINUTE_MS = 60_000
/** Little time is left then. */
const HURRY_MINUTES = 10

type Row = Callback & { nowMs: number }

const isReached = ({ calls }: Callback): boolean => calls.some(({ outcome }) => outcome === 'reached')

/** How long the word still waits. */
const Clock = ({ row, t }: { row: Row; t: TFunction }) => {
  if (isReached(row)) return <Tag color="success">{t('callbacks.reached')}</Tag>
  const minutes = Math.ceil((Date.parse(row.shownAt) - row.nowMs) / MINUTE_MS)
  if (minutes <= 0) return <Tag color="error">{t('callbacks.shownAnyhow')}</Tag>
  return (
    <Tag color={minutes <= HURRY_MINUTES ? 'error' : 'warning'}>
      {t('callbacks.minutesLeft', { minutes })}
    </Tag>
  )
}

const columns: Column<Row>[] = [
  {
    key: 'name',
    title: 'callbacks.name',
    primary: true,
    render: ({ nameMasked, kind }, t) => (
      <>
        {nameMasked}
        <div className="quiet small">{t(`callbacks.kinds.${kind}`)}</div>
      </>
    ),
  },
  { key: 'clock', title: 'callbacks.clock', render: (row, t) => <Clock row={row} t={t} /> },
  {
    key: 'where',
    title: 'callbacks.where',
    render: ({ siteName, laboratory, reportedAt }, t) => (
      <>
        {siteName ?? t('callbacks.outside')}
        <div className="quiet small">
          {laboratory} · {formatInstant(reportedAt)}
        </div>
      </>
    ),
  },
  {
    key: 'calls',
    title: 'callbacks.calls',
    render: ({ calls }, t) =>
      calls.map(({ outcome, at, by, note }) => (
        <div key={at} className="small">
          {formatInstant(at).slice(5)} {by} · {t(`callbacks.outcomes.${outcome}`)}
          {note && `：${note}`}
        </div>
      )),
  },
]

const CaseOf = ({ row }: { row: Row }) => {
  const { t } = useTranslation()
  const { testId, kind, laboratory, sampledAt } = row
  if (kind !== 'single') return null
  const evidence = t('callbacks.caseEvidence', { laboratory, at: formatInstant(sampledAt) })
  return <OpenCaseLink testId={testId} evidence={evidence} />
}

const Actions = ({ row, onError }: { row: Row; onError: (error: unknown) => void }) => {
  const { t } = useTranslation()
  const [phone, setPhone] = useState<string>()
  const record = useAction({
    run: (outcome: CallOutcome) =>
      call('recordCallback', {
        params: { testId: row.testId },
        body: { requestId: createRequestId(), outcome },
      }),
    done: t('callbacks.recorded'),
    refresh: [['callbacks']],
  })
  const reveal = useAction({
    run: (_: undefined) =>
      call('revealCallbackPhone', {
        params: { testId: row.testId },
        body: { purpose: 'result' },
      }),
    refresh: [],
    onDone: ({ phone: revealed }) => setPhone(revealed),
  })
  if (isReached(row)) return <CaseOf row={row} />
  return (
    <Space wrap>
      <CaseOf row={row} />
      {phone ? (
        <a href={`tel:${phone}`}>{phone}</a>
      ) : (
        <Button
          disabled={!row.hasPhone}
          loading={reveal.isPending}
          onClick={() => reveal.mutate(undefined, { onError })}
        >
          {t(row.hasPhone ? 'callbacks.showPhone' : 'callbacks.noPhone')}
        </Button>
      )}
      <Button type="primary" loading={record.isPending} onClick={() => record.mutate('reached', { onError })}>
        {t('callbacks.outcomes.reached')}
      </Button>
      <Button loading={record.isPending} onClick={() => record.mutate('not_reached', { onError })}>
        {t('callbacks.outcomes.not_reached')}
      </Button>
    </Space>
  )
}

/** Who is called before their phone says positive, with the clock of each. */
export default function CallbacksPage() {
  const { t } = useTranslation()
  const [error, setError] = useState<unknown>()
  const query = useQuery({
    queryKey: ['callbacks'],
    queryFn: () => call('listCallbacks', {}),
    refetchInterval: EVERY_MS,
  })
  return (
    <>
      <PageHead title={t('callbacks.title')} />
      <p className="quiet">{t('callbacks.lead')}</p>
      <Problem error={error} />
      <QueryView query={query}>
        {({ callbacks, serverTime }) => (
          <DataList
            label={t('callbacks.title')}
            rows={callbacks.map((each) => ({ ...each, nowMs: Date.parse(serverTime) }))}
            rowKey={({ testId }) => testId}
            columns={columns}
            empty={{ title: t('callbacks.empty'), hint: t('callbacks.emptyHint') }}
            actions={(row) => <Actions row={row} onError={setError} />}
          />
        )}
      </QueryView>
    </>
  )
}
