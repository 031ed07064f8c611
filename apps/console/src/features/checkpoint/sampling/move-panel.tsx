import type { TubeMove } from '@jiankangbao/contracts/sampling/schemas'
import { MOVE_REASONS, type MoveReason } from '@jiankangbao/domain/testing/sampling'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, queryClient } from '../../../api/client.ts'
import { describeError } from '../../../api/error-words.ts'
import { createRequestId } from '../../../api/request-id.ts'
import { CountField } from './count-field.tsx'

const MOVES = ['sampling-moves']
const EVERY_MS = 10_000
const refresh = () => queryClient.invalidateQueries({ queryKey: MOVES })

/** A broken or mislabelled tube: its people go together into another one, by two samplers. Needs the network. */
export const MovePanel = () => {
  const { t } = useTranslation()
  const [proposing, setProposing] = useState(false)
  const moves = useQuery({
    queryKey: MOVES,
    queryFn: () => call('listTubeMoves', {}),
    refetchInterval: EVERY_MS,
  })
  return (
    <section className="sp-boxes" data-testid="tube-moves">
      <h2 className="sp-slot">{t('sampling.move.title')}</h2>
      <p>{t('sampling.move.about')}</p>
      {moves.error && <p role="alert">{describeError(t, moves.error).title}</p>}
      {moves.data?.moves.map((move) => (
        <WaitingMove key={move.moveId} move={move} />
      ))}
      {proposing ? (
        <ProposeMove onDone={() => setProposing(false)} />
      ) : (
        <button type="button" className="cp-button cp-quiet" onClick={() => setProposing(true)}>
          {t('sampling.move.open')}
        </button>
      )}
    </section>
  )
}

const WaitingMove = ({ move }: { move: TubeMove }) => {
  const { t } = useTranslation()
  const [count, setCount] = useState('')
  const decide = useMutation({
    mutationFn: (verdict: 'confirmed' | 'refused') =>
      call('decideTubeMove', {
        params: { moveId: move.moveId },
        body: { verdict, ...(verdict === 'confirmed' ? { count: Number(count) } : {}) },
      }),
    onSuccess: refresh,
  })
  return (
    <div className="sp-form" data-testid="tube-move">
      <b>
        {move.barcode} → {move.toBarcode}
      </b>
      <span>
        {t('sampling.move.waits', { by: move.proposedBy, reason: t(`sampling.move.reasons.${move.reason}`) })}
      </span>
      {move.own ? (
        <span>{t('sampling.move.own')}</span>
      ) : (
        <>
          <CountField label={t('sampling.move.count')} digits={2} value={count} onChange={setCount} />
          <button
            type="button"
            className="cp-button"
            disabled={decide.isPending || !(Number(count) > 0)}
            onClick={() => decide.mutate('confirmed')}
          >
            {t('sampling.move.confirm')}
          </button>
        </>
      )}
      {decide.isError && <p role="alert">{describeError(t, decide.error).title}</p>}
      <button
        type="button"
        className="cp-button cp-quiet"
        disabled={decide.isPending}
        onClick={() => decide.mutate('refused')}
      >
        {t('sampling.move.refuse')}
      </button>
    </div>
  )
}

const ProposeMove = ({ onDone }: { onDone: () => void }) => {
  const { t } = useTranslation()
  const [barcode, setBarcode] = useState('')
  const [toBarcode, setToBarcode] = useState('')
  const [count, setCount] = useState('')
  const [reason, setReason] = useState<MoveReason>('broken')
  const [requestId] = useState(createRequestId)
  const propose = useMutation({
    mutationFn: () =>
      call('proposeTubeMove', { body: { requestId, barcode, toBarcode, reason, count: Number(count) } }),
    onSuccess: async () => {
      await refresh()
      onDone()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (barcode.trim() && toBarcode.trim() && Number(count) > 0) propose.mutate()
  }
  return (
    <form className="sp-form" onSubmit={submit}>
      <label>
        {t('sampling.move.from')}
        <input maxLength={40} value={barcode} onChange={(event) => setBarcode(event.target.value)} />
      </label>
      <label>
        {t('sampling.move.to')}
        <input maxLength={40} value={toBarcode} onChange={(event) => setToBarcode(event.target.value)} />
      </label>
      <CountField label={t('sampling.move.count')} digits={2} value={count} onChange={setCount} />
      <div className="sp-actions">
        {MOVE_REASONS.map((each) => (
          <button
            key={each}
            type="button"
            className="cp-button cp-quiet"
            aria-pressed={reason === each}
            onClick={() => setReason(each)}
          >
            {t(`sampling.move.reasons.${each}`)}
          </button>
        ))}
      </div>
      {propose.isError && <p role="alert">{describeError(t, propose.error).title}</p>}
      <button type="submit" className="cp-button" disabled={propose.isPending}>
        {t('sampling.move.propose')}
      </button>
    </form>
  )
}
