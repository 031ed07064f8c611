import type { HotlineDesk } from '@jiankangbao/contracts/hotline/schemas'
import { Button, InputNumber } from 'antd'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { useTexts } from '../../locales/i18n.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

const SECOND_MS = 1000

/** Minutes and seconds since the call began. */
const Lasting = ({ since }: { since: string }) => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / SECOND_MS))
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return <span className="hotline-clock">{text}</span>
}

interface Props {
  desk: HotlineDesk
  /** The call is over: whatever was open about the caller closes. */
  onOver: () => void
}

/** A call from taking it to what it was about. */
export const CallBar = ({ desk, onOver }: Props) => {
  const { t } = useTranslation()
  return (
    <section className="panel hotline-call" aria-label={t('hotline.call')}>
      {desk.call ? (
        <Going desk={desk} open={desk.call} onOver={onOver} />
      ) : (
        <Take norm={desk.policy.answerSeconds} />
      )}
    </section>
  )
}

const Take = ({ norm }: { norm: number }) => {
  const { t } = useTranslation()
  const field = useId()
  const [rang, setRang] = useState<number | null>(null)
  const [requestId, setRequestId] = useState(createRequestId)
  const take = useAction({
    run: () =>
      call('beginHotlineCall', { body: { requestId, ...(rang === null ? {} : { rangSeconds: rang }) } }),
    refresh: [['hotline', 'desk']],
    onDone: () => setRequestId(createRequestId()),
  })
  return (
    <>
      <Problem error={take.error} />
      <div className="hotline-line">
        <Button type="primary" size="large" loading={take.isPending} onClick={() => take.mutate()}>
          {t('hotline.take')}
        </Button>
        <label htmlFor={field}>{t('hotline.rang')}</label>
        <InputNumber id={field} min={0} max={3600} precision={0} value={rang} onChange={setRang} />
        <span className="quiet small">{t('hotline.rangHint', { seconds: norm })}</span>
      </div>
    </>
  )
}

interface GoingProps extends Props {
  open: NonNullable<HotlineDesk['call']>
}

const Going = ({ desk, open: { callId, beganAt }, onOver }: GoingProps) => {
  const { t } = useTranslation()
  const read = useTexts()
  const end = useAction({
    run: (wrapUp: string) => call('endHotlineCall', { params: { callId }, body: { wrapUp } }),
    refresh: [['hotline', 'desk']],
    done: t('hotline.over'),
    onDone: onOver,
  })
  return (
    <>
      <Problem error={end.error} />
      <p className="hotline-line">
        <b>{t('hotline.going')}</b> <Lasting since={beganAt} />
        <span className="quiet">{t('hotline.wrapUpHint')}</span>
      </p>
      <div className="hotline-codes">
        {desk.policy.wrapUps.map(({ key, title }) => (
          <Button
            key={key}
            disabled={end.isPending}
            loading={end.isPending && end.variables === key}
            onClick={() => end.mutate(key)}
          >
            {read(title)}
          </Button>
        ))}
      </div>
    </>
  )
}
