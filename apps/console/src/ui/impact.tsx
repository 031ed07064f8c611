import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../api/instants.ts'
import { ColourTag } from './colour-tag.tsx'

/** From which colour to which, until when. */
export const Impact = ({ impact }: { impact: NonNullable<Proposal['impact']> }) => {
  const { t } = useTranslation()
  return (
    <span data-testid="impact" style={{ whiteSpace: 'nowrap' }}>
      <ColourTag colour={impact.from} />→ <ColourTag colour={impact.to} />
      <span className="quiet small">
        {impact.from === impact.to && t('proposals.same')}
        {impact.until && t('proposals.until', { at: formatInstant(impact.until) })}
      </span>
    </span>
  )
}
