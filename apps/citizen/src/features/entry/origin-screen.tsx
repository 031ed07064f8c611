import { useState } from 'react'
import { Screen } from '../../ui/screen.tsx'
import { dayText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { PolicyAnswerCard } from '../announcements/policy-answer-card.tsx'
import { DayField } from '../declare/day-field.tsx'
import { dayOfDigits } from '../declare/days.ts'
import { PlaceField } from '../declare/place-field.tsx'
import { loadRegions } from '../declare/places.ts'
import { noPlace } from '../declare/stays.ts'

/** "I come from …": what applies today in this city. For anybody. */
export const OriginScreen = () => {
  const [place, setPlace] = useState(noPlace)
  const [day, setDay] = useState(dayText(Date.now()).replace(/-/g, ''))
  const leftOn = dayOfDigits(day)
  return (
    <Screen name="origin">
      <div className="stack">
        <p>{say('origin.lead')}</p>
        <div className="card stack">
          <PlaceField
            id="origin-place"
            label={say('origin.place')}
            value={place}
            onChange={setPlace}
            load={loadRegions}
            stopFrom={1}
            abroad
            error={undefined}
          />
          <DayField
            id="origin-day"
            label={say('origin.day')}
            value={day}
            onChange={setDay}
            error={undefined}
          />
        </div>
        {place.code !== '' && /^\d{4}-\d\d-\d\d$/.test(leftOn) && (
          <PolicyAnswerCard key={`${place.code} ${leftOn}`} placeCode={place.code} leftOn={leftOn} />
        )}
      </div>
    </Screen>
  )
}
