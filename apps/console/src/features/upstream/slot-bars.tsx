import type { UpstreamProvider } from '@jiankangbao/contracts/upstream/schemas'
import { useTranslation } from 'react-i18next'
import { SLOTS, sumOf, toBars } from './provider-health.ts'

const HEIGHT = 40

/** Requests of the last day in slots of ten minutes: answered above, failed below the line. */
export const SlotBars = ({
  slots,
  at,
  name,
}: {
  slots: UpstreamProvider['slots']
  at: string
  name: string
}) => {
  const { t } = useTranslation()
  const bars = toBars(slots, at)
  const most = Math.max(1, ...bars.map((bar) => Math.max(bar.succeeded, bar.failed)))
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(1.5, (HEIGHT * count) / most))
  const { succeeded, failed } = sumOf(slots)
  return (
    <figure className="slot-bars">
      <svg viewBox={`0 0 ${SLOTS * 3} ${HEIGHT * 2}`} preserveAspectRatio="none" role="img">
        <title>{t('upstream.bars', { name, succeeded, failed })}</title>
        <line x1="0" x2={SLOTS * 3} y1={HEIGHT} y2={HEIGHT} className="slot-line" />
        {bars.map((bar) => (
          <g key={bar.place} transform={`translate(${(SLOTS - 1 - bar.place) * 3} 0)`}>
            <rect
              className="slot-answered"
              width="2.4"
              y={HEIGHT - heightOf(bar.succeeded)}
              height={heightOf(bar.succeeded)}
            />
            <rect className="slot-failed" width="2.4" y={HEIGHT} height={heightOf(bar.failed)} />
          </g>
        ))}
      </svg>
      <figcaption className="quiet small slot-ends">
        <span>{t('upstream.dayAgo')}</span>
        <span>{t('upstream.now')}</span>
      </figcaption>
    </figure>
  )
}
