import type { LookupNorm } from '@jiankangbao/domain/vocabulary/lookups'
import { useTranslation } from 'react-i18next'

const ticks = [100, 200, 400, 1000, 2000, 5000]

/** From the figure below which nobody is told to the one above which somebody always is. */
export const NormRange = ({ norm: { least, most } }: { norm: Pick<LookupNorm, 'least' | 'most'> }) => {
  const { t } = useTranslation()
  const all = ticks.find((tick) => tick >= most) ?? most
  return (
    <div className="norm-range">
      <span className="small">{t('lookupDays.range2', { least, most })}</span>
      <span aria-hidden="true" className="norm-track">
        <span style={{ left: `${(least / all) * 100}%`, width: `${((most - least) / all) * 100}%` }} />
      </span>
    </div>
  )
}
