import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, queryClient } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { readDevice } from './check-client.ts'
import { useOutbox } from './outbox-store.ts'
import { countAll, countGroups, SHIFT_GROUPS, type Shift } from './shift.ts'
import { endShift } from './use-shift.ts'
import './shift.css'

interface Props {
  shift: Shift
  onClose: () => void
}

const clock = (at: number): string => formatInstant(new Date(at).toISOString()).slice(11)

/** This shift: how many by outcome, the last checks with masked names, and handing over to the next. */
export const ShiftPanel = ({ shift, onClose }: Props) => {
  const { t } = useTranslation()
  const groups = countGroups(shift)
  return (
    <section className="cp-settings" role="dialog" aria-modal="true" aria-label={t('checkpoint.shift.title')}>
      <header>
        <h1>{t('checkpoint.shift.title')}</h1>
        <button type="button" className="cp-plain" onClick={onClose}>
          {t('app.action.close')}
        </button>
      </header>
      <p>{t('checkpoint.shift.since', { at: clock(shift.startedAt), count: countAll(shift) })}</p>
      <dl className="cp-counts" data-testid="shift-counts">
        {SHIFT_GROUPS.map((group) => (
          <div key={group} className={`cp-count-${group}`}>
            <dt>{t(`checkpoint.shift.groups.${group}`)}</dt>
            <dd>{groups[group]}</dd>
          </div>
        ))}
      </dl>
      <HandOver shift={shift} onDone={onClose} />
      <h2>{t('checkpoint.shift.latest')}</h2>
      <p className="cp-small">{t('checkpoint.shift.gone')}</p>
      {shift.latest.length === 0 && <p>{t('checkpoint.shift.none')}</p>}
      <ol className="cp-latest" data-testid="shift-latest">
        {shift.latest.map(({ number, at, key, nameMasked }) => (
          <li key={number}>
            <time>{clock(at)}</time>
            <b className={`cp-word-${key}`}>{t(`checkpoint.words.${key}`)}</b>
            <span>{nameMasked}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

const HandOver = ({ shift, onDone }: { shift: Shift; onDone: () => void }) => {
  const { t } = useTranslation()
  const { waiting } = useOutbox()
  const [asking, setAsking] = useState(false)
  // An enrolled phone stays at its door; whoever signed in by name leaves, and the next one signs in.
  const isEnrolled = readDevice() !== undefined
  const handOver = async (): Promise<void> => {
    endShift()
    if (isEnrolled) return onDone()
    await call('operatorSignOut', {}).catch(() => undefined)
    queryClient.clear()
    location.reload()
  }
  if (!asking)
    return (
      <button type="button" className="cp-button cp-quiet" onClick={() => setAsking(true)}>
        {t('checkpoint.shift.handOver')}
      </button>
    )
  return (
    <fieldset className="cp-enrol" aria-label={t('checkpoint.shift.handOver')}>
      <p>
        {t('checkpoint.shift.summary', {
          from: clock(shift.startedAt),
          to: clock(Date.now()),
          count: countAll(shift),
          refused: countGroups(shift).refused,
        })}
      </p>
      {waiting > 0 && <p role="alert">{t('checkpoint.shift.unsent', { count: waiting })}</p>}
      <p className="cp-small">
        {t(isEnrolled ? 'checkpoint.shift.nextHere' : 'checkpoint.shift.nextSignsIn')}
      </p>
      <div className="cp-row">
        <button type="button" className="cp-button" onClick={() => void handOver()}>
          {t('checkpoint.shift.confirm')}
        </button>
        <button type="button" className="cp-plain" onClick={() => setAsking(false)}>
          {t('app.action.cancel')}
        </button>
      </div>
    </fieldset>
  )
}
