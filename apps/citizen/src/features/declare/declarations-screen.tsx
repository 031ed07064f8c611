import type { Declaration } from '@jiankangbao/contracts/declaration/schemas'
import { placeOfStay } from '@jiankangbao/domain/declaration/stays'
import { goTo } from '../../platform/navigate.ts'
import { Button } from '../../ui/button.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayCategory } from '../../words/words.ts'
import { placeName } from '../identity/countries.ts'
import { Timeline } from '../records/timeline.tsx'
import { usePages } from '../records/use-pages.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'

const load = async (cursor: string | undefined) => {
  const page = await api.call('listMyDeclarations', { query: cursor === undefined ? {} : { cursor } })
  return { rows: page.declarations, nextCursor: page.nextCursor }
}

const factsOf = ({ health, exposure, placeNames }: Declaration): string[] => {
  const facts: string[] = []
  if (health) {
    if (health.temperatureTenths !== undefined)
      facts.push(say('declare.degrees', { degrees: (health.temperatureTenths / 10).toFixed(1) }))
    facts.push(...health.symptoms.map((symptom) => say(`symptom.${symptom}`)))
    if (health.symptoms.length === 0) facts.push(say('declare.well'))
    if (health.hadContact) facts.push(say('declare.contactYes'))
  }
  if (exposure) {
    for (const stay of exposure.riskAreaStays) {
      const place = placeName(placeOfStay(stay), placeNames)
      facts.push(`${place} ${stay.detail ?? ''} ${stay.fromOn} – ${stay.toOn}`)
    }
    if (exposure.toldContact) facts.push(`${say('exposure.told')} ${exposure.toldContact.lastContactOn}`)
    if (exposure.fromAbroad)
      facts.push(
        `${say('exposure.abroad')} ${placeName(exposure.fromAbroad.country, placeNames)} ${exposure.fromAbroad.enteredOn}`,
      )
  }
  return facts
}

const correct = ({ kind, declarationId, memberId }: Declaration) =>
  goTo(kind === 'health' ? 'declare' : 'exposure', {
    corrects: declarationId,
    ...(memberId === undefined ? {} : { member: memberId }),
  })

const DeclarationRow = ({ declaration }: { declaration: Declaration }) => (
  <div data-testid="declaration">
    <p className="timeline-at">{momentText(declaration.declaredAt)}</p>
    <p className="timeline-title">
      {say(declaration.kind === 'health' ? 'declare.health' : 'declare.exposure')} · {declaration.nameMasked}
    </p>
    <p>{factsOf(declaration).join(' · ')}</p>
    <p className="small">
      {say('declare.version', { version: declaration.version })}
      {!declaration.latest && ` · ${say('declare.superseded')}`} ·{' '}
      {say('declare.proof', { hash: declaration.contentHash.slice(0, 16) })}
    </p>
    {declaration.latest &&
      declaration.matters.map(({ category, title, state }) => (
        <p key={`${category}:${state}`} data-testid="matter">
          {say(`declare.matter.${state}`, { reason: sayCategory(title) })}
        </p>
      ))}
    {declaration.latest && (
      <Button kind="link" onClick={() => correct(declaration)}>
        {say('declare.correct')}
      </Button>
    )}
  </div>
)

const keyOf = ({ declarationId, version }: { declarationId: string; version: number }): string =>
  `${declarationId}:${version}`

const Declarations = () => (
  <Timeline
    pages={usePages(load, keyOf)}
    label={say('declare.history')}
    keyOf={keyOf}
    render={(declaration) => <DeclarationRow declaration={declaration} />}
  />
)

/** Everything this account declared, every version. */
export const DeclarationsScreen = () => {
  const open = useGate('declarations')
  return (
    <Screen name="declarations">
      <p className="lead">{say('declare.historyLead')}</p>
      {open && <Declarations />}
    </Screen>
  )
}
