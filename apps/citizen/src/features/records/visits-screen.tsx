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

const Visits = () => {
  const pages = usePages(loadVisits, ({ visitId }) => visitId)
  return (
    <Timeline
      pages={pages}
      label={say('records.visits')}
      keyOf={(visit) => visit.visitId}
      render={(visit) => (
        <div>
          <p className="timeline-at">
            {momentText(visit.visitedAt)}
            {visit.late && ` · ${say('records.late')}`}
          </p>
          <p className="timeline-title">{visit.venueName}</p>
          <p className="small">
            {visit.pointName} · {sayCode('kind', visit.kind)} · {visit.who}
          </p>
          <p className="row">
            <span className={`verdict verdict-${visit.decision}`}>{say(`door.word.${visit.decision}`)}</span>
            <span className={`chip chip-${visit.colour}`}>{say(`colour.${visit.colour}`)}</span>
          </p>
        </div>
      )}
    />
  )
}

/** Where the account holder and the family were. */
export const VisitsScreen = () => {
  const open = useGate()
  const days = useClientConfig()?.retentionDays.visits ?? 28
  return (
    <Screen title={say('records.visits')} dataScreen="visits">
      <p className="lead">{say('records.visitsLead', { days })}</p>
      {open && <Visits />}
    </Screen>
  )
}
