import type { Entry } from '@jiankangbao/contracts/entry/schemas'
import { useState } from 'react'
import { goTo } from '../../platform/navigate.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { dropDraft, keepDraft, readDraft } from '../../state/draft.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { languageFacts, say } from '../../words/words.ts'
import { loadDivisionName } from '../declare/places.ts'
import { placeName } from '../identity/countries.ts'
import { useRenewal } from '../live/use-renewal.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { draftOf } from './entry-draft.ts'

/** Colour of the state: green is in order, yellow wants something done, grey is over. */
const verdictOf = ({ state }: Entry): string => {
  if (state === 'expired') return 'review'
  return state === 'closed' || state === 'cancelled' ? 'over' : 'admit'
}

interface EntryCardProps {
  entry: Entry
  onCancel: () => void
}

const correct = async (entry: Entry) => {
  keepDraft('entry', draftOf(entry, await loadDivisionName(entry.content.destinationCode)))
  goTo('entry-form')
}

const EntryCard = ({ entry, onCancel }: EntryCardProps) => {
  const { content, placeNames } = entry
  const destination = useRemote(() => loadDivisionName(content.destinationCode))
  const place = `${destination.value ?? content.destinationCode} ${content.destinationDetail}`
  return (
    <li className="card stack" data-testid="entry" data-state={entry.state}>
      <p className="row">
        <span className={`verdict verdict-${verdictOf(entry)}`}>{say(`entry.state.${entry.state}`)}</span>
      </p>
      <p className="timeline-title">
        {say('entry.arrival', {
          mode: say(`entry.modes.${content.arrivalMode}`),
          number: content.arrivalNumber ?? '',
          at: momentText(content.plannedArrivalAt),
        })}
      </p>
      <p>{say('entry.from', { place: placeName(content.originCode, placeNames) })}</p>
      <p>{say('entry.to', { place })}</p>
      <p className="small">
        {say('entry.travellers', {
          names: entry.travellers.map(({ nameMasked }) => nameMasked).join(languageFacts().betweenNames),
        })}
      </p>
      {entry.arrivedAt !== undefined && (
        <p className="small">{say('entry.arrivedAt', { at: momentText(entry.arrivedAt) })}</p>
      )}
      {entry.state === 'submitted' && (
        <p className="small">
          {say('entry.valid', { from: momentText(entry.validFrom), until: momentText(entry.validUntil) })}
        </p>
      )}
      <p className="small">
        {say('declare.proof', { hash: entry.versions[0]?.contentHash.slice(0, 16) ?? '' })}
        {entry.versions.length > 1 && ` · ${say('entry.versions', { count: entry.versions.length - 1 })}`}
      </p>
      {entry.state === 'submitted' && (
        <div className="row">
          <Button onClick={() => goTo('scan')}>{say('entry.scan')}</Button>
          <Button kind="quiet" onClick={() => goTo('home')}>
            {say('entry.showCode')}
          </Button>
        </div>
      )}
      <div className="row">
        {entry.mayCorrect && (
          <Button kind="link" onClick={() => void correct(entry)}>
            {say('entry.correct')}
          </Button>
        )}
        {entry.mayCancel && (
          <Button kind="link" onClick={onCancel}>
            {say('entry.cancel')}
          </Button>
        )}
      </div>
    </li>
  )
}

const hasDraft = () => readDraft<{ corrects?: string }>('entry')?.corrects === ''

const Entries = () => {
  const { done } = useScreenParams('entry')
  const list = useRemote(() => api.call('listMyEntries', { query: {} }))
  useRenewal(list.reload)
  const [leaving, setLeaving] = useState<Entry>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const cancel = async ({ entryId }: Entry) => {
    setBusy(true)
    setError(undefined)
    try {
      await api.call('cancelEntry', { params: { entryId } })
      list.reload()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
      setLeaving(undefined)
    }
  }
  const begin = () => {
    if (!hasDraft()) dropDraft('entry')
    goTo('entry-form')
  }
  return (
    <div className="stack">
      <p className="lead">{say('entry.lead')}</p>
      {done !== undefined && <Message kind="good">{say('entry.submitted')}</Message>}
      <Failure error={error ?? list.error} onRetry={list.reload} />
      {list.loading && !list.value && <p role="status">{say('state.loading')}</p>}
      {list.value?.entries.length === 0 && <p className="empty">{say('entry.none')}</p>}
      <ul className="plain-list stack">
        {list.value?.entries.map((entry) => (
          <EntryCard
            key={`${entry.entryId}:${entry.version}`}
            entry={entry}
            onCancel={() => setLeaving(entry)}
          />
        ))}
      </ul>
      <Button onClick={begin}>＋ {hasDraft() ? say('entry.resume') : say('entry.start')}</Button>
      {leaving && (
        <Dialog
          title={say('entry.cancelAsk')}
          confirm={say('entry.cancel')}
          onConfirm={() => cancel(leaving)}
          onCancel={() => setLeaving(undefined)}
          busy={busy}
        >
          {say('entry.cancelText')}
        </Dialog>
      )}
    </div>
  )
}

/** Journeys to the city: those registered, and a new one. */
export const EntryScreen = () => {
  const open = useGate('entry')
  return <Screen name="entry">{open && <Entries />}</Screen>
}
