import type { Venue } from '@jiankangbao/contracts/venue/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Popconfirm, Space } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { useTexts } from '../../locales/i18n.ts'
import { Problem } from '../../ui/problem.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { divisionsQuery, textsOf, wordKind } from '../../ui/reference-data.ts'
import { useAction } from '../../ui/use-action.ts'
import { VenueContact } from './venue-contact.tsx'
import { VenueDuplicates } from './venue-duplicates.tsx'

/** Approve or reject an application or a change; the change is shown beside what holds now. */
export const VenueReview = ({ venue }: { venue: Venue }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [rejecting, setRejecting] = useState(false)
  const review = useAction({
    run: (body: { verdict: 'approve' | 'reject'; reason?: string }) =>
      call('reviewVenue', { params: { venueId: venue.venueId }, body }),
    refresh: [['venues']],
    done: t('app.action.done'),
    onDone: () => setRejecting(false),
  })
  const isApplication = venue.state === 'applied'
  if (!isApplication && !venue.pendingChange) return null
  return (
    <section className="panel" aria-labelledby="review">
      <h2 id="review">{t('venues.review')}</h2>
      <p>{t(isApplication ? 'venues.reviewApplication' : 'venues.reviewChange')}</p>
      {venue.pendingChange && <BeforeAfter venue={venue} change={venue.pendingChange} />}
      {may('revealVenueContact') && <VenueContact venue={venue} />}
      {may('listVenueDuplicates') && <VenueDuplicates venue={venue} />}
      {!rejecting && <Problem error={review.error} />}
      <Space style={{ marginTop: 12 }}>
        <Popconfirm
          title={t('venues.approve')}
          okText={t('app.action.confirm')}
          cancelText={t('app.action.cancel')}
          onConfirm={() => review.mutate({ verdict: 'approve' })}
        >
          <Button type="primary" loading={review.isPending && !rejecting}>
            {t('venues.approve')}
          </Button>
        </Popconfirm>
        <Button danger onClick={() => setRejecting(true)}>
          {t('venues.reject')}
        </Button>
      </Space>
      <ReasonModal
        open={rejecting}
        title={t('venues.reject')}
        label={t('venues.rejectReason')}
        danger
        busy={review.isPending}
        error={rejecting ? review.error : undefined}
        submitText={t('venues.reject')}
        onSubmit={(reason) => review.mutate({ verdict: 'reject', reason })}
        onClose={() => setRejecting(false)}
      />
    </section>
  )
}

const labels: Record<string, string> = {
  divisionCode: 'division',
  creditCodeMasked: 'creditCode',
  responsibleNameMasked: 'responsibleName',
  responsiblePhoneMasked: 'responsiblePhone',
}
const masked: Record<string, string> = {
  responsibleName: 'responsibleNameMasked',
  responsiblePhone: 'responsiblePhoneMasked',
}

const BeforeAfter = ({ venue, change }: { venue: Venue; change: Record<string, unknown> }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const divisions = useQuery(divisionsQuery).data?.divisions ?? []
  const show = (key: string, value: unknown): string => {
    if (value === undefined || value === null) return t('app.action.none')
    if (key === 'kind') return wordKind(t, String(value))
    const division = key === 'divisionCode' && divisions.find(({ code }) => code === value)
    if (division) return read(textsOf(division))
    return String(value)
  }
  const now = venue as unknown as Record<string, unknown>
  return (
    <table className="before-after">
      <thead>
        <tr>
          <th>{t('venues.changeField')}</th>
          <th>{t('venues.changeNow')}</th>
          <th>{t('venues.changeTo')}</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(change).map(([key, value]) => (
          <tr key={key}>
            <th>{wordField(t, key)}</th>
            <td>
              <del>{show(key, now[masked[key] ?? key])}</del>
            </td>
            <td>
              <ins>{show(key, value)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const wordField = (t: TFunction, key: string): string =>
  t(`venues.${labels[key] ?? key}`, { defaultValue: key })
