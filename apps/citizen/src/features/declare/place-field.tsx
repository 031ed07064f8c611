import { useState } from 'react'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { say } from '../../words/words.ts'
import { countryName, travelCountries } from '../identity/countries.ts'
import { CountryField } from '../identity/country-field.tsx'
import { joinPlaces } from './places.ts'
import type { Place } from './stays.ts'

interface PlaceFieldProps {
  id: string
  label: string
  value: Place
  onChange: (place: Place) => void
  /** The places below one, or the first ones; empty where there is nothing below. */
  load: (parent: string | undefined) => Promise<Place[]>
  /** From which level on a person may stop. */
  stopFrom: number
  /** Countries can be chosen too. */
  abroad?: boolean
  error: string | undefined
}

/** Which country: its own step, reached from the list of provinces. */
const CountryStep = ({ id, onPick }: { id: string; onPick: (place: Place) => void }) => {
  // Not taken as soon as a name is complete: Niger is the beginning of Nigeria.
  const [code, setCode] = useState('')
  const name = countryName(code)
  return (
    <>
      <CountryField
        id={`${id}-country`}
        label={say('place.country')}
        hint={say('place.countryHint')}
        countries={travelCountries}
        value={code}
        onChange={setCode}
        error={undefined}
      />
      {name !== undefined && (
        <Button kind="quiet" onClick={() => onPick({ code, name })}>
          {say('place.stop', { name })}
        </Button>
      )}
    </>
  )
}

interface StepProps {
  path: Place[]
  load: PlaceFieldProps['load']
  onPick: (place: Place) => void
  onEnd: () => void
  /** Offered beside the first places. */
  onAbroad: (() => void) | undefined
}

const Step = ({ path, load, onPick, onEnd, onAbroad }: StepProps) => {
  const last = path[path.length - 1]
  const list = useRemote(async () => {
    const places = await load(last?.code)
    if (places.length === 0 && last) onEnd()
    return places
  })
  return (
    <div>
      <p className="small">
        {last ? say('place.below', { name: joinPlaces(path.map(({ name }) => name)) }) : say('place.choose')}
      </p>
      <Failure error={list.error} onRetry={list.reload} />
      <div className="offers">
        {list.value?.map((place) => (
          <button type="button" className="offer" key={place.code} onClick={() => onPick(place)}>
            {place.name}
          </button>
        ))}
        {onAbroad && !last && (
          <button type="button" className="offer" onClick={onAbroad}>
            {say('place.abroad')}
          </button>
        )}
      </div>
    </div>
  )
}

/** A place chosen level by level: province, city, county, or district, street, community. */
export const PlaceField = ({
  id,
  label,
  value,
  onChange,
  load,
  stopFrom,
  abroad = false,
  error,
}: PlaceFieldProps) => {
  const [choosesCountry, setChoosesCountry] = useState(false)
  const [path, setPath] = useState<Place[]>([])
  const [open, setOpen] = useState(false)
  const last = path[path.length - 1]
  const take = (places: Place[]) => {
    const end = places[places.length - 1]
    if (!end) return
    onChange({ code: end.code, name: joinPlaces(places.map(({ name }) => name)) })
    setChoosesCountry(false)
    setOpen(false)
    setPath([])
  }
  const back = () => {
    if (choosesCountry) setChoosesCountry(false)
    else if (path.length > 0) setPath(path.slice(0, -1))
    else setOpen(false)
  }
  const opens = say(value.code === '' ? 'place.choose' : 'place.change')
  return (
    <div className={`field ${error === undefined ? '' : 'field-wrong'}`} id={id}>
      <p className="field-label">{label}</p>
      {value.code !== '' && !open && (
        <p className="field-good">✓ {say('place.chosen', { name: value.name })}</p>
      )}
      {!open && (
        <Button kind="quiet" onClick={() => setOpen(true)} label={`${label} ${opens}`}>
          {opens}
        </Button>
      )}
      {open && (
        <div className="stack">
          {choosesCountry ? (
            <CountryStep id={id} onPick={(place) => take([place])} />
          ) : (
            <Step
              key={last?.code ?? ''}
              path={path}
              load={load}
              onPick={(place) => setPath([...path, place])}
              onEnd={() => take(path)}
              onAbroad={abroad ? () => setChoosesCountry(true) : undefined}
            />
          )}
          <div className="row">
            {last && path.length >= stopFrom && (
              <Button kind="quiet" onClick={() => take(path)}>
                {say('place.stop', { name: last.name })}
              </Button>
            )}
            <Button kind="link" onClick={back}>
              {say('entry.back')}
            </Button>
          </div>
        </div>
      )}
      {error !== undefined && (
        <p className="field-error" aria-live="polite">
          ⚠ {error}
        </p>
      )}
    </div>
  )
}
