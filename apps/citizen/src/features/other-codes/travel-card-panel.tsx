import type { TravelCard } from '@jiankangbao/contracts/travel-card/schemas'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

/** Places of the last 14 days, asked for with consent each time (the button says so) and forgotten when the screen closes. */
export const TravelCardPanel = () => {
  const [card, setCard] = useState<TravelCard>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const ask = () => {
    setBusy(true)
    setError(undefined)
    api
      .call('showTravelCard', { body: { consent: true } })
      .then(setCard, setError)
      .then(() => setBusy(false))
  }
  return (
    <section className="other-code" aria-label={say('otherCodes.travel')} data-testid="travel-card">
      <h2 className="other-code-title">{say('otherCodes.travel')}</h2>
      {card && (
        <>
          <p>{say('otherCodes.places', { phone: card.phoneMasked })}</p>
          {card.places.length === 0 && <p className="empty">{say('otherCodes.noPlaces')}</p>}
          <ul className="other-code-places">
            {card.places.map((place) => (
              <li key={place.name}>
                {place.name}
                {place.flagged && ` ${say('otherCodes.flagged')}`}
              </li>
            ))}
          </ul>
          <p className="small">{say('otherCodes.travelAsOf', { at: momentText(card.asOf) })}</p>
        </>
      )}
      {!card && (
        <>
          <p>{say('otherCodes.consentHint')}</p>
          <Button onClick={ask} busy={busy} id="show-travel-card">
            {say('otherCodes.show')}
          </Button>
        </>
      )}
      <Failure error={error} />
      <p className="small">{say('otherCodes.notCounted')}</p>
    </section>
  )
}
