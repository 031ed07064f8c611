import type { LaboratoryBox, TubeResultAnswer } from '@jiankangbao/contracts/tube/schemas'
import { TUBE_RESULTS, type TubeResult } from '@jiankangbao/domain/testing/tube-result'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Input, InputNumber, Space, Tag } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'
import { HeldResults } from './held-results.tsx'

const boxesQuery = {
  queryKey: ['laboratory-boxes'],
  queryFn: () => call('listLaboratoryBoxes', {}),
  refetchInterval: 20_000,
}

/** What a laboratory does with tubes: receives boxes, and tells what it found in each tube. It sees codes, never names. */
export default function LaboratoryPage() {
  const { t } = useTranslation()
  const query = useQuery(boxesQuery)
  return (
    <>
      <PageHead title={t('laboratory.title')} />
      <p className="quiet">{t('laboratory.lead')}</p>
      <Receipt />
      <HeldResults />
      <QueryView query={query}>
        {({ boxes }) =>
          boxes.length === 0 ? (
            <p>{t('laboratory.empty')}</p>
          ) : (
            boxes.map((box) => <Box key={box.barcode} box={box} />)
          )
        }
      </QueryView>
    </>
  )
}

const Receipt = () => {
  const { t } = useTranslation()
  const [boxBarcode, setBoxBarcode] = useState('')
  const [count, setCount] = useState<number | null>(null)
  const receive = useAction({
    run: () => call('receiveBox', { body: { requestId: createRequestId(), boxBarcode, count: count ?? 0 } }),
    done: t('laboratory.receivedDone'),
    refresh: [boxesQuery.queryKey],
    onDone: () => {
      setBoxBarcode('')
      setCount(null)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (boxBarcode && count) receive.mutate(undefined)
  }
  return (
    <form onSubmit={submit} style={{ marginBottom: 16 }}>
      <Space wrap>
        <label htmlFor="box-barcode">{t('laboratory.box')}</label>
        <Input
          id="box-barcode"
          style={{ width: 200 }}
          value={boxBarcode}
          maxLength={40}
          onChange={(event) => setBoxBarcode(event.target.value)}
        />
        <label htmlFor="box-count">{t('laboratory.counted')}</label>
        <InputNumber id="box-count" value={count} min={1} max={500} onChange={setCount} />
        <Button type="primary" htmlType="submit" loading={receive.isPending}>
          {t('laboratory.receive')}
        </Button>
      </Space>
      {receive.isError && <Problem error={receive.error} />}
    </form>
  )
}

const colours: Record<TubeResult, string> = { negative: 'success', positive: 'error', unclear: 'warning' }

/** One box as a plate: each tube with what was found, or with what is about to be told. */
const Box = ({ box }: { box: LaboratoryBox }) => {
  const { t } = useTranslation()
  const [marked, setMarked] = useState<Record<string, TubeResult>>({})
  const [answer, setAnswer] = useState<TubeResultAnswer>()
  const open = box.contents.filter(({ result }) => result === undefined)
  const told = Object.entries(marked)
  const tell = useAction({
    run: () =>
      call('recordTubeResults', {
        body: {
          requestId: createRequestId(),
          results: told.map(([barcode, result]) => ({ action: 'report' as const, barcode, result })),
        },
      }),
    refresh: [boxesQuery.queryKey, ['held-results']],
    onDone: (result) => {
      setAnswer(result)
      setMarked({})
    },
  })
  const markRest = (): void =>
    setMarked({ ...Object.fromEntries(open.map(({ barcode }) => [barcode, 'negative' as const])), ...marked })
  return (
    <Card
      size="small"
      style={{ marginBottom: 16 }}
      title={
        <h2 className="provider-name">
          {box.barcode} · {box.siteName} · {t('laboratory.tubes', { count: box.tubes })}
        </h2>
      }
      extra={
        <Tag color={box.receivedAt ? 'success' : 'warning'}>
          {box.receivedAt
            ? t('laboratory.receivedAt', { at: formatInstant(box.receivedAt) })
            : t('laboratory.onTheWay', { at: formatInstant(box.handedOverAt) })}
        </Tag>
      }
    >
      <ul className="plate">
        {box.contents.map(({ barcode, result }) => (
          <li key={barcode} data-testid={`tube-${barcode}`}>
            <code>{barcode}</code>{' '}
            {result ? (
              <Tag color={colours[result]}>{t(`laboratory.results.${result}`)}</Tag>
            ) : (
              box.receivedAt && (
                <Mark
                  chosen={marked[barcode]}
                  label={barcode}
                  onChoose={(chosen) => setMarked({ ...marked, [barcode]: chosen })}
                />
              )
            )}
          </li>
        ))}
      </ul>
      {box.receivedAt && open.length > 0 && (
        <Space wrap>
          <Button onClick={markRest}>{t('laboratory.restNegative')}</Button>
          <Button
            type="primary"
            disabled={told.length === 0}
            loading={tell.isPending}
            onClick={() => tell.mutate(undefined)}
          >
            {t('laboratory.tell', { count: told.length })}
          </Button>
        </Space>
      )}
      {tell.isError && <Problem error={tell.error} />}
      {answer && (
        <Alert
          type={answer.held.length > 0 ? 'warning' : 'success'}
          showIcon
          style={{ marginTop: 12 }}
          title={t('laboratory.told', {
            count: answer.applied,
            persons: answer.persons,
            held: answer.held.length,
          })}
        />
      )}
    </Card>
  )
}

interface MarkProps {
  chosen: TubeResult | undefined
  label: string
  onChoose: (result: TubeResult) => void
}

const Mark = ({ chosen, label, onChoose }: MarkProps) => {
  const { t } = useTranslation()
  return (
    <fieldset className="plate-marks" aria-label={label}>
      {TUBE_RESULTS.map((result) => (
        <Button
          key={result}
          size="small"
          type={chosen === result ? 'primary' : 'default'}
          danger={result === 'positive'}
          aria-pressed={chosen === result}
          onClick={() => onChoose(result)}
        >
          {t(`laboratory.results.${result}`)}
        </Button>
      ))}
    </fieldset>
  )
}
