import { parseBoxBarcode } from '@jiankangbao/domain/testing/tube-barcode'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, queryClient } from '../../../api/client.ts'
import { describeError } from '../../../api/error-words.ts'
import { createRequestId } from '../../../api/request-id.ts'
import { CountField } from './count-field.tsx'
import { TypedCode } from './tube-panel.tsx'

/** Boxes of the site: tubes go in by scan, the box goes to its carrier with the number counted. Needs the network. */
export const BoxPanel = ({ scanned }: { scanned: (take: (text: string) => void) => void }) => {
  const { t } = useTranslation()
  const [box, setBox] = useState<string>()
  const boxes = useQuery({ queryKey: ['sampling-boxes'], queryFn: () => call('listBoxes', {}) })
  const pack = useMutation({
    mutationFn: (barcode: string) =>
      call('packTube', { body: { requestId: createRequestId(), boxBarcode: box ?? '', barcode } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['sampling-boxes'] }),
  })
  const take = (text: string): void => {
    const read = parseBoxBarcode(text)
    if (read.ok) setBox(read.barcode)
    else if (box) pack.mutate(text)
  }
  scanned(take)
  const current = boxes.data?.boxes.find(({ barcode }) => barcode === box)
  return (
    <section className="sp-boxes">
      <p className="sp-count">
        <b>{box ? t('sampling.tubesInBox', { count: current?.tubes ?? 0 }) : t('sampling.scanBox')}</b>
        {box && <span>{box}</span>}
      </p>
      {pack.isError && <p role="alert">{describeError(t, pack.error).title}</p>}
      <TypedCode isTube onText={take} />
      {current && !current.handedOverAt && (
        <HandOver box={current.barcode} onDone={() => setBox(undefined)} />
      )}
      <ul>
        {boxes.data?.boxes.map((each) => (
          <li key={each.barcode}>
            {each.barcode} · {t('sampling.tubesInBox', { count: each.tubes })} ·{' '}
            {t(
              each.receivedAt
                ? 'sampling.boxReceived'
                : each.handedOverAt
                  ? 'sampling.boxAway'
                  : 'sampling.boxHere',
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const HandOver = ({ box, onDone }: { box: string; onDone: () => void }) => {
  const { t } = useTranslation()
  const [count, setCount] = useState('')
  const [carrier, setCarrier] = useState('')
  const [partnerId, setPartnerId] = useState('')
  const sites = useQuery({ queryKey: ['sampling-sites'], queryFn: () => call('listSamplingSites', {}) })
  const handOver = useMutation({
    mutationFn: () =>
      call('handOverBox', {
        body: { requestId: createRequestId(), boxBarcode: box, count: Number(count), carrier, partnerId },
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['sampling-boxes'] })
      onDone()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (Number(count) > 0 && carrier.trim() && partnerId) handOver.mutate()
  }
  return (
    <form className="sp-form" onSubmit={submit}>
      <CountField label={t('sampling.tubesCounted')} digits={3} value={count} onChange={setCount} />
      <label>
        {t('sampling.carrier')}
        <input maxLength={100} value={carrier} onChange={(event) => setCarrier(event.target.value)} />
      </label>
      <label>
        {t('sampling.laboratory')}
        <select value={partnerId} onChange={(event) => setPartnerId(event.target.value)}>
          <option value="" />
          {sites.data?.laboratories.map((each) => (
            <option key={each.partnerId} value={each.partnerId}>
              {each.name}
            </option>
          ))}
        </select>
      </label>
      {handOver.isError && <p role="alert">{describeError(t, handOver.error).title}</p>}
      <button type="submit" className="cp-button" disabled={handOver.isPending}>
        {t('sampling.handOver')}
      </button>
    </form>
  )
}
