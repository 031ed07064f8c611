import type { MyVisit } from '@jiankangbao/contracts/history/schemas'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayCode } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useClientConfig } from '../session/client-config.ts'
import { useGate } from '../session/gate.ts'
import { Timeline } from './timeline.tsx'
import { usePages } from './use-pages.ts'

const loadVisits = async (cursor: string | undefined) => {
  const page = await api.call('listMyVisits', { query: cursor === undefined ? {} : { cursor } })
  return { rows: page.visits, nextCursor: page.nextCursor }
}

const notesOf = (visit: MyVisit): string =>
  [
    momentText(visit.visitedAt),
    ...(visit.late ? [say('records.late')] : []),
    ...(visit.unlocated ? [say('records.unlocated')] : []),
    ...(visit.presence ? [] : [say('records.far')]),
  ].join(' · ')

/** One visit; who stated it for somebody else may say for a day that this person was not there. */
const VisitLine = ({ visit }: { visit: MyVisit }) => {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const [said, setSaid] = useState<string>()
  const withdrawnAt = visit.withdrawnAt ?? said
  const withdraw = () => {
    setBusy(true)
    setError(undefined)
    api
      .call('withdrawVisit', { params: { visitId: visit.visitId } })
      .then((answer) => setSaid(answer.withdrawnAt), setError)
      .then(() => setBusy(false))
  }
  return (
    <div data-withdrawn={withdrawnAt !== undefined}>
      <p className="timeline-at">{notesOf(visit)}</p>
      <p className="timeline-title">{visit.venueName}</p>
      <p className="small">
        {visit.pointName} · {sayCode('kind', visit.kind)} · {visit.who}
      </p>
      {withdrawnAt === undefined ? (
        <p className="row">
          <span className={`verdict verdict-${visit.decision}`}>{say(`door.word.${visit.decision}`)}</span>
          <span className={`chip chip-${visit.colour}`}>{say(`colour.${visit.colour}`)}</span>
        </p>
      ) : (
        <p data-testid="withdrawn">{say('records.withdrawn', { at: momentText(withdrawnAt) })}</p>
      )}
      {visit.withdrawable && withdrawnAt === undefined && (
        <Button
          kind="link"
          busy={busy}
          onClick={withdraw}
          label={say('door.notHereLabel', { name: visit.who })}
        >
          {say('door.notHere')}
        </Button>
      )}
      <Failure error={error} />
    </div>
  )
}

const Visits = () => {
  const pages = usePages(loadVisits, ({ visitId }) => visitId)
  return (
    <Timeline
      pages={pages}
      label={say('records.visits')}
      keyOf={(visit) => visit.visitId}
      render={(visit) => <VisitLine visit={visit} />}
    />
  )
}

/** Where the account holder and the family were. */
export const VisitsScreen = () => {
  const open = useGate('visits')
  const days = useClientConfig()?.retentionDays.visits ?? 28
  return (
    <Screen name="visits">
      <p className="lead">{say('records.visitsLead', { days })}</p>
      {open && <Visits />}
    </Screen>
  )
}
