import type { OfficeEntry } from '@jiankangbao/contracts/entry/schemas'
import { placeOfStay } from '@jiankangbao/domain/declaration/stays'
import { isAbroad } from '@jiankangbao/domain/place/countries'
import { Tag, Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'

const RED = new Set(['high', 'medium'])

/** Places stayed; those rated now stand out. */
const Stays = ({ entry: { stays, placeNames, ratedStays } }: { entry: OfficeEntry }) => {
  const { t } = useTranslation()
  return (
    <div>
      {t('entries.stays')}
      {t('app.colon')}
      {stays.map((stay) => {
        const place = placeOfStay(stay)
        const level = ratedStays[place]
        return (
          <div key={`${place} ${stay.fromOn}`}>
            {placeNames[place] ?? place} {stay.fromOn}–{stay.toOn}{' '}
            {isAbroad(place) && <Tag color="error">{t('entries.abroad')}</Tag>}
            {level && <Tag color={RED.has(level) ? 'error' : 'default'}>{t(`entries.levels.${level}`)}</Tag>}
          </div>
        )
      })}
    </div>
  )
}

/** What was declared, in words, and what was done about it since. */
export const EntryDetails = ({ entry }: { entry: OfficeEntry }) => {
  const { t } = useTranslation()
  const { travellers, latestTest, reason, followUps, arrivedPlace } = entry
  const unwell = travellers.filter(({ symptoms }) => symptoms !== undefined)
  return (
    <div className="small" data-testid="entry-details">
      <div>
        {t('entries.reason')}
        {t('app.colon')}
        {t(`entries.reasons.${reason}`)}
      </div>
      {arrivedPlace && (
        <div>
          {t('entries.arrivedPlace')}
          {t('app.colon')}
          {arrivedPlace}
        </div>
      )}
      <Stays entry={entry} />
      {unwell.map(({ personId, nameMasked, symptoms = [] }) => (
        <div key={personId}>
          {nameMasked}
          {t('app.colon')}
          {symptoms.map((symptom) => t(`domain.symptoms.${symptom}`)).join(t('app.comma'))}
        </div>
      ))}
      {latestTest && (
        <div>
          {t('entries.test', {
            on: latestTest.sampledOn,
            result: t(`entries.results.${latestTest.result}`),
          })}
        </div>
      )}
      {followUps.length > 0 && (
        <Timeline
          style={{ marginTop: 12 }}
          items={followUps.map(({ at, kind, by, note }) => ({
            content: (
              <>
                {formatInstant(at)} {t(`entries.followUps.${kind}`)} {by}
                <div>{note}</div>
              </>
            ),
          }))}
        />
      )}
    </div>
  )
}
