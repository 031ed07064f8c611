import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { Timeline } from './timeline.tsx'
import { usePages } from './use-pages.ts'

const loadLookups = async (cursor: string | undefined) => {
  const page = await api.call('listMyLookups', { query: cursor === undefined ? {} : { cursor } })
  return { rows: page.lookups, nextCursor: page.nextCursor }
}

const Lookups = () => {
  const pages = usePages(loadLookups, ({ lookupId }) => lookupId)
  return (
    <Timeline
      pages={pages}
      label={say('records.lookups')}
      keyOf={(lookup) => lookup.lookupId}
      render={(lookup) => (
        <div>
          <p className="timeline-at">{momentText(lookup.at)}</p>
          <p className="timeline-title">{lookup.by}</p>
          <p>{say(`records.means.${lookup.means}`)}</p>
          <p className="small">{say('records.purpose', { purpose: lookup.purpose })}</p>
          {lookup.place !== undefined && (
            <p className="small">{say('records.place', { place: lookup.place })}</p>
          )}
          <p className="small">{say('records.about', { who: lookup.who })}</p>
        </div>
      )}
    />
  )
}

/** Who looked the account holder or the family up, why and how. */
export const LookupsScreen = () => {
  const open = useGate('lookups')
  return (
    <Screen name="lookups">
      <p className="lead">{say('records.lookupsLead')}</p>
      {open && <Lookups />}
    </Screen>
  )
}
