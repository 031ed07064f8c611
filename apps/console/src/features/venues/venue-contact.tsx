import type { Venue } from '@jiankangbao/contracts/venue/schemas'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Whom to call about a venue, and its licence number to compare; whole only for a purpose, which is logged. */
export const VenueContact = ({ venue }: { venue: Venue }) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const reveal = useAction({
    run: (purpose: string) =>
      call('revealVenueContact', { params: { venueId: venue.venueId }, body: { purpose } }),
    refresh: [],
    onDone: () => setAsking(false),
  })
  if (reveal.data)
    return (
      <p data-testid="contact">
        {reveal.data.name} <a href={`tel:${reveal.data.phone}`}>{reveal.data.phone}</a>{' '}
        {reveal.data.creditCode && <span className="code-text">{reveal.data.creditCode}</span>}
      </p>
    )
  return (
    <p>
      {venue.responsibleNameMasked} {venue.responsiblePhoneMasked}{' '}
      <Button size="small" onClick={() => setAsking(true)}>
        {t('venues.call')}
      </Button>
      <ReasonModal
        open={asking}
        title={t('venues.call')}
        asks="purpose"
        warning={t('venues.callWarn')}
        busy={reveal.isPending}
        error={reveal.error}
        onSubmit={(purpose) => reveal.mutate(purpose)}
        onClose={() => setAsking(false)}
      />
    </p>
  )
}
