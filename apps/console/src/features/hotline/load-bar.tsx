import type { HotlineDesk } from '@jiankangbao/contracts/hotline/schemas'
import { Alert, Button, Form, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Minutes and seconds, as a telephone shows them. */
const minutesOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Who is there, what waits, and whether it is more than the desk can take. */
export const LoadBar = ({ desk }: { desk: HotlineDesk }) => {
  const { t } = useTranslation()
  const { present, waiting, openTickets, full, policy, exchange } = desk
  const figures = [
    ['present', present],
    ['waiting', waiting?.calls ?? t('hotline.unknown')],
    ...(exchange?.isFresh
      ? ([
          ['longestWait', minutesOf(exchange.longestWaitSeconds ?? 0)],
          ['readyAgents', exchange.ready ?? 0],
        ] as const)
      : []),
    ['openTickets', openTickets],
  ] as const
  return (
    <section className="panel" aria-label={t('hotline.load')}>
      {full && (
        <Alert
          type="warning"
          showIcon
          data-testid="desk-full"
          title={t('hotline.full')}
          description={t('hotline.fullHint', { ...policy })}
        />
      )}
      <dl className="hotline-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`hotline.${name}`)}</dt>
            <dd data-testid={`load-${name}`}>{value}</dd>
          </div>
        ))}
      </dl>
      {exchange?.isFresh ? (
        <p className="quiet small" data-testid="exchange-age">
          {t('hotline.exchangeAt', { at: formatInstant(exchange.measuredAt) })}
        </p>
      ) : (
        <>
          {exchange && (
            <Alert
              type="info"
              showIcon
              data-testid="exchange-silent"
              title={
                exchange.measuredAt
                  ? t('hotline.exchangeSilent', { at: formatInstant(exchange.measuredAt) })
                  : t('hotline.exchangeNever')
              }
            />
          )}
          <TellWaiting told={waiting} />
        </>
      )}
    </section>
  )
}

const TellWaiting = ({ told }: { told: HotlineDesk['waiting'] }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ waiting: number | null }>()
  const tell = useAction({
    run: (waiting: number) => call('comeToHotline', { body: { waiting } }),
    refresh: [['hotline', 'desk']],
    done: t('hotline.told'),
    onDone: () => form.resetFields(),
  })
  return (
    <>
      <Problem error={tell.error} />
      <Form
        form={form}
        name="waiting"
        className="hotline-line"
        onFinish={({ waiting }) => {
          if (typeof waiting === 'number') tell.mutate(waiting)
        }}
      >
        <Form.Item name="waiting" label={t('hotline.waitingNow')} colon={false} style={{ margin: 0 }}>
          <InputNumber min={0} max={100_000} precision={0} />
        </Form.Item>
        <Button htmlType="submit" loading={tell.isPending}>
          {t('hotline.tell')}
        </Button>
        {told && (
          <span className="quiet small">{t('hotline.toldAt', { at: formatInstant(told.toldAt) })}</span>
        )}
      </Form>
    </>
  )
}
