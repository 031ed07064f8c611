import type { DirectoryPlace } from '@jiankangbao/contracts/directory/schemas'
import { DIRECTORY_KINDS, type DirectoryKind } from '@jiankangbao/domain/vocabulary/services'
import { useEffect, useRef, useState } from 'react'
import { useScreenParams } from '../../platform/screen-params.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayText } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { SiteWays } from '../testing/site-ways.tsx'
import './services.css'

const PAUSE_MS = 400

const Place = ({ of }: { of: DirectoryPlace }) => {
  const name = sayText(of.name) || of.name.zh
  return (
    <li className="card directory-place" data-testid="directory-place">
      <h2 className="card-title">{name}</h2>
      {of.state === 'closed' && <p className="chip">{say('directory.closed')}</p>}
      <p>{sayText(of.hours) || of.hours.zh}</p>
      <p className="small">
        {of.divisionName} {of.address}
      </p>
      <div className="row">
        <SiteWays {...of} name={name} />
      </div>
      <p className="small">{say('directory.changed', { at: momentText(of.changedAt) })}</p>
    </li>
  )
}

interface Found {
  places: DirectoryPlace[]
  nextCursor?: string
}

/** What fits, fetched when nobody has typed for a moment; an answer that comes too late is none. */
const useDirectory = (kind: DirectoryKind, text: string) => {
  const [found, setFound] = useState<Found>()
  const [error, setError] = useState<unknown>()
  const round = useRef(0)
  const load = (cursor?: string): void => {
    const mine = ++round.current
    const search = text.trim()
    setError(undefined)
    api
      .call('listDirectory', {
        query: { kind, limit: 30, ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) },
      })
      .then(
        ({ places, nextCursor }) => {
          if (mine !== round.current) return
          const more = nextCursor ? { nextCursor } : {}
          setFound((before) => ({
            places: cursor && before ? [...before.places, ...places] : places,
            ...more,
          }))
        },
        (refusal) => mine === round.current && setError(refusal),
      )
  }
  const latest = useRef(load)
  latest.current = load
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of what is asked for asks anew
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), text === '' ? 0 : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [kind, text])
  return { found, error, load }
}

/** Hospitals, fever clinics, vaccination sites, community contacts: when, by phone, and the way there. For anybody. */
export const DirectoryScreen = () => {
  const params = useScreenParams('directory')
  const [kind, setKind] = useState<DirectoryKind>(
    DIRECTORY_KINDS.find((each) => each === params.kind) ?? 'fever_clinic',
  )
  const [text, setText] = useState('')
  const { found, error, load } = useDirectory(kind, text)
  const next = found?.nextCursor
  return (
    <Screen name="directory">
      <div className="stack">
        <Choice
          label={say('directory.kinds')}
          layout="chips"
          value={kind}
          options={DIRECTORY_KINDS.map((each) => ({ value: each, text: say(`directory.kind.${each}`) }))}
          onChange={setKind}
        />
        <Field id="directory-search" label={say('directory.search')} value={text} onChange={setText} />
        <Failure error={error} onRetry={() => load()} />
        {!found && error === undefined && <p role="status">{say('state.loading')}</p>}
        {found?.places.length === 0 && <p className="empty">{say('directory.none')}</p>}
        <ul className="directory">
          {found?.places.map((each) => (
            <Place key={each.placeId} of={each} />
          ))}
        </ul>
        {next !== undefined && (
          <Button kind="quiet" onClick={() => load(next)}>
            {say('directory.more')}
          </Button>
        )}
      </div>
    </Screen>
  )
}
