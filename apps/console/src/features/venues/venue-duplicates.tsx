import type { Venue, VenueDuplicate } from '@jiankangbao/contracts/venue/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { QueryView } from '../../ui/query-view.tsx'
import { wordKind } from '../../ui/reference-data.ts'
import { VenueStateTag } from './state-tag.tsx'
import { duplicatesQuery } from './venue-queries.ts'

/** Other venues with the same licence, address or name, beside the one that is reviewed. */
export const VenueDuplicates = ({ venue }: { venue: Venue }) => {
  const { t } = useTranslation()
  const query = useQuery(duplicatesQuery(venue.venueId))
  return (
    <QueryView query={query}>
      {({ duplicates, more }) =>
        duplicates.length === 0 ? (
          <p className="quiet">✓ {t('venues.noDuplicates')}</p>
        ) : (
          <>
            <Alert type="warning" showIcon title={t('venues.duplicates', { count: duplicates.length })} />
            <SideBySide venue={venue} duplicates={duplicates} />
            {more && <p className="quiet small">{t('venues.duplicatesMore')}</p>}
          </>
        )
      }
    </QueryView>
  )
}

type Compared = Venue | VenueDuplicate

const facts: { key: string; like?: VenueDuplicate['same'][number]; of: (each: Compared) => string }[] = [
  { key: 'name', like: 'name', of: ({ name }) => name },
  { key: 'address', like: 'address', of: ({ address }) => address },
  { key: 'creditCode', like: 'licence', of: ({ creditCodeMasked }) => creditCodeMasked ?? '' },
  { key: 'division', of: ({ divisionName }) => divisionName },
  { key: 'responsibleName', of: ({ responsibleNameMasked }) => responsibleNameMasked },
  { key: 'responsiblePhone', of: ({ responsiblePhoneMasked }) => responsiblePhoneMasked },
  { key: 'appliedAt', of: ({ appliedAt }) => formatInstant(appliedAt) },
]

const SideBySide = ({ venue, duplicates }: { venue: Venue; duplicates: VenueDuplicate[] }) => {
  const { t } = useTranslation()
  return (
    <section className="duplicates" aria-label={t('venues.duplicatesTable')}>
      <table className="before-after" data-testid="duplicates">
        <thead>
          <tr>
            <th scope="col">{t('venues.changeField')}</th>
            <th scope="col">{t('venues.thisOne')}</th>
            {duplicates.map((each) => (
              <th key={each.venueId} scope="col">
                <DuplicateHead duplicate={each} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('venues.kind')}</th>
            {[venue, ...duplicates].map((each) => (
              <td key={each.venueId}>{wordKind(t, each.kind)}</td>
            ))}
          </tr>
          {facts.map(({ key, like, of }) => (
            <tr key={key}>
              <th scope="row">{t(`venues.${key}`)}</th>
              <td>{of(venue) || t('app.action.none')}</td>
              {duplicates.map((each) => (
                <Told
                  key={each.venueId}
                  text={of(each)}
                  same={like !== undefined && each.same.includes(like)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Told = ({ text, same }: { text: string; same: boolean }) => {
  const { t } = useTranslation()
  return <td>{same ? <mark>{text}</mark> : text || t('app.action.none')}</td>
}

const DuplicateHead = ({ duplicate }: { duplicate: VenueDuplicate }) => {
  const { t } = useTranslation()
  const { venueId, mayOpen, same, state } = duplicate
  return (
    <>
      {same.map((like) => (
        <Tag key={like} color="warning">
          {t(`venues.likenesses.${like}`)}
        </Tag>
      ))}
      <VenueStateTag state={state} />{' '}
      {mayOpen && <Link to={pathTo('/venues/:venueId', { venueId })}>{t('venues.open')}</Link>}
    </>
  )
}
