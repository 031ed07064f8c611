import type { Venue } from '@jiankangbao/contracts/venue/schemas'
import { Descriptions, Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import { wordKind } from '../../ui/reference-data.ts'

/** What is known about the venue; the responsible person stays masked. */
export const VenueFacts = ({ venue }: { venue: Venue }) => {
  const { t } = useTranslation()
  const facts: [string, string | undefined][] = [
    ['kind', wordKind(t, venue.kind)],
    ['division', venue.divisionName],
    ['address', venue.address],
    ['creditCode', venue.creditCodeMasked],
    ['responsibleName', venue.responsibleNameMasked],
    ['responsiblePhone', venue.responsiblePhoneMasked],
    ['owner', venue.ownerMasked],
    [
      'position',
      venue.latitude === undefined
        ? undefined
        : `${venue.latitude.toFixed(5)}, ${venue.longitude?.toFixed(5) ?? ''}`,
    ],
    ['appliedAt', formatInstant(venue.appliedAt)],
  ]
  return (
    <section className="panel">
      <h2>{t('venues.facts')}</h2>
      <Descriptions
        column={{ xs: 1, sm: 1, md: 2 }}
        items={facts.map(([key, value]) => ({
          key,
          label: t(`venues.${key}`),
          children: value || t('app.action.none'),
        }))}
      />
    </section>
  )
}

/** Everything that happened to the venue, latest first. */
export const VenueTimeline = ({ venue }: { venue: Venue }) => {
  const { t } = useTranslation()
  const entries = [...venue.history].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <section className="panel">
      <h2>{t('venues.history')}</h2>
      <Timeline items={entries.map((entry) => ({ content: <Happening entry={entry} /> }))} />
    </section>
  )
}

const Happening = ({ entry }: { entry: Venue['history'][number] }) => {
  const { t } = useTranslation()
  const { action, reason, at, byCitizen } = entry
  const by = byCitizen ? t('venues.onPhone') : entry.by
  return (
    <>
      <div>
        {t(`venues.historyActions.${action.split('.').at(-1)}`, { defaultValue: action })}
        {reason && <span>{`${t('app.colon')}${reason}`}</span>}
      </div>
      <div className="quiet small">
        {formatInstant(at)} · {t('venues.by', { by })}
      </div>
    </>
  )
}
