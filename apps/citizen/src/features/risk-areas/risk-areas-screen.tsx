import type { RiskAreaList } from '@jiankangbao/contracts/risk-area/schemas'
import { useState } from 'react'
import { useRemote } from '../../state/use-remote.ts'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { findAreas, type Level, type RiskArea } from './find-areas.ts'
import './risk-areas.css'

/** As many as a phone draws without stumbling; whoever looks for one searches. */
const MOST_SHOWN = 100

const levels = ['all', 'high', 'medium', 'low'] as const

const Area = ({ area }: { area: RiskArea }) => (
  <li className={`risk-area risk-area-${area.level}`} data-testid="risk-area">
    <span className="risk-area-level">{say(`riskAreas.level.${area.level}`)}</span>
    <div className="risk-area-words">
      <p className="risk-area-name">{area.name}</p>
      <p className="small">
        {say('riskAreas.since', { at: momentText(area.validFrom) })}
        {area.validTo && ` · ${say('riskAreas.until', { at: momentText(area.validTo) })}`}
      </p>
      <p className="small">{area.source === 'file' ? say('riskAreas.file') : say('riskAreas.feed')}</p>
    </div>
  </li>
)

const Age = ({ list }: { list: RiskAreaList }) => (
  <>
    {list.stale && (
      <Message kind="network">{list.checkedAt ? say('riskAreas.stale') : say('riskAreas.never')}</Message>
    )}
    {list.asOf && (
      <p className="small" data-testid="risk-areas-age">
        {say('riskAreas.asOf', { at: momentText(list.asOf) })}
        {list.checkedAt && ` · ${say('riskAreas.checkedAt', { at: momentText(list.checkedAt) })}`}
      </p>
    )}
  </>
)

/** The areas rated now: searchable, each since when and from where, the list with its age. For anybody. */
export const RiskAreasScreen = () => {
  const { value, error, loading, reload } = useRemote(() => api.call('listRiskAreas', {}))
  const [text, setText] = useState('')
  const [level, setLevel] = useState<Level>('all')
  const found = value ? findAreas(value.areas, text, level) : []
  return (
    <Screen name="risk-areas">
      <div className="stack">
        <Failure error={error} onRetry={reload} />
        {!value && loading && <p role="status">{say('state.loading')}</p>}
        {value && (
          <>
            <Age list={value} />
            <Field
              id="area-search"
              label={say('riskAreas.search')}
              value={text}
              onChange={setText}
              hint={say('riskAreas.searchHint')}
            />
            <Choice
              label={say('riskAreas.levels')}
              layout="chips"
              value={level}
              options={levels.map((each) => ({ value: each, text: say(`riskAreas.level.${each}`) }))}
              onChange={setLevel}
            />
            <p role="status" className="small">
              {say('riskAreas.found', { count: found.length, all: value.areas.length })}
            </p>
            {value.areas.length === 0 && !value.stale && <p className="empty">{say('riskAreas.none')}</p>}
            <ul className="risk-areas">
              {found.slice(0, MOST_SHOWN).map((area) => (
                <Area
                  key={`${area.source} ${area.divisionCode} ${area.name} ${area.validFrom}`}
                  area={area}
                />
              ))}
            </ul>
            {found.length > MOST_SHOWN && (
              <p className="small">{say('riskAreas.more', { count: MOST_SHOWN })}</p>
            )}
          </>
        )}
      </div>
    </Screen>
  )
}
