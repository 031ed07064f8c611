import type { VisitRecorded, VisitResult } from '@jiankangbao/contracts/visit/schemas'
import { useEffect, useState } from 'react'
import { goTo, startAt } from '../../platform/navigate.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useNow } from '../../state/use-now.ts'
import { Button } from '../../ui/button.tsx'
import { Screen } from '../../ui/screen.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayCode } from '../../words/words.ts'
import { DoorNotices } from '../announcements/door-notices.tsx'
import { StaleIdentities } from '../other-codes/stale-identity-note.tsx'
import { type Answer, type AnswerGroup, type Located, personKeyOf } from './answers.ts'
import { answers } from './kept-scans.ts'
import { OthersHere } from './others-here.tsx'
import { dropPendingDoor, keepPendingDoor } from './pending-door.ts'
import { PersonLine } from './person-line.tsx'
import { PositionCard } from './position-card.tsx'
import { ResultHead, useAnnouncement } from './result-head.tsx'
import { useCompanionAnswers } from './use-companion-answers.ts'
import { headlineOf, type Row, rowsOf } from './verdict.ts'

/** How long a result on the screen counts: long enough for a queue at the door. */
const FRESH_MS = 10 * 60_000

/** To the form of entry registration; from there back to this door, as a scan of its own. */
const register = (code: string, venue: VisitRecorded['venue']): void => {
  const scan = makeRequestId()
  const scannedAt = new Date().toISOString()
  keepPendingDoor({ code, scan, scannedAt, venueName: `${venue.name} ${venue.point}` })
  goTo('entry-form')
}

/** The answer as it is kept on this phone; what is said about it afterwards is kept with it. */
const useAnswer = (first: Answer) => {
  const [answer, setAnswer] = useState(first)
  const change = (changed: (groups: AnswerGroup[]) => AnswerGroup[]) =>
    setAnswer((before) => {
      const next = { ...before, groups: changed(before.groups) }
      answers.put(next)
      return next
    })
  return {
    answer,
    add: (scanId: string, recorded: VisitRecorded) =>
      change((groups) => [...groups.filter((each) => each.scanId !== scanId), { scanId, recorded }]),
    locate: (scanId: string, located: Located) =>
      change((groups) => groups.map((group) => (group.scanId === scanId ? { ...group, located } : group))),
    confirm: (scanId: string, visits: VisitResult[]) =>
      change((groups) =>
        groups.map((group) =>
          group.scanId === scanId
            ? {
                ...group,
                recorded: {
                  ...group.recorded,
                  visits: group.recorded.visits.map(
                    (each) =>
                      visits.find(
                        ({ companion }) => companion !== undefined && companion === each.companion,
                      ) ?? each,
                  ),
                },
              }
            : group,
        ),
      ),
    withdraw: ({ scanId, visit }: Row, at: string) =>
      change((groups) =>
        groups.map((group) =>
          group.scanId === scanId
            ? { ...group, withdrawn: { ...group.withdrawn, [personKeyOf(visit) ?? 'me']: at } }
            : group,
        ),
      ),
  }
}

const isFar = ({ recorded, located }: AnswerGroup): boolean => !recorded.presence || located === 'far'

interface ResultViewProps {
  answer: Answer
  clockOffsetMs: number
  onAgain: () => void
}

/**
 * The answer of a door, over the whole screen, with a clock that a screenshot does not have. Opened again it is the answer
 * that was given, with its age: this screen records nobody by itself.
 */
export const ResultView = ({ answer: first, clockOffsetMs, onAgain }: ResultViewProps) => {
  const { answer, add, confirm, locate, withdraw } = useAnswer(first)
  const serverNow = useNow(500) + clockOffsetMs
  const recorded = answer.groups[0]?.recorded
  const rows = rowsOf(answer)
  const headline = headlineOf(rows)
  useAnnouncement(headline, recorded?.venue.name ?? '')
  useEffect(dropPendingDoor, [])
  const isFresh =
    recorded !== undefined && !recorded.late && serverNow - Date.parse(recorded.recordedAt) <= FRESH_MS
  useCompanionAnswers(answer.groups, isFresh, confirm)
  if (!recorded) return null
  const unlocated = answer.groups.filter((group) => group.recorded.unlocated)
  const here = rows.filter(({ withdrawnAt }) => withdrawnAt === undefined)
  const unregistered = here.some(({ visit }) => visit.reasons.includes('entry_registration_missing'))
  const isYellow = here.some(({ visit }) => visit.colour === 'yellow')
  const asksForTest =
    isYellow || here.some(({ visit }) => visit.reasons.some((reason) => /^test_/.test(reason)))
  return (
    <Screen name="door" dataScreen="result" tone={isFresh ? `tone-${headline.decision}` : 'tone-grey'}>
      <ResultHead
        headline={headline}
        age={isFresh ? 'fresh' : recorded.late ? 'late' : 'old'}
        serverNow={serverNow}
      />
      <section className="card result-card">
        <div className="venue" data-testid="venue">
          <p className="venue-kind">{sayCode('kind', recorded.venue.kind)}</p>
          <h2 className="venue-name">{recorded.venue.name}</h2>
          <p>{recorded.venue.point}</p>
          <p className="small">{say('door.at', { at: momentText(recorded.recordedAt) })}</p>
          {answer.groups.some(isFar) && <p className="small">{say('door.far')}</p>}
        </div>
        <ul className="persons" aria-label={say('door.persons')}>
          {rows.map((row) => (
            <PersonLine key={row.key} row={row} onWithdrawn={withdraw} />
          ))}
        </ul>
      </section>
      <DoorNotices kind={recorded.venue.kind} />
      <StaleIdentities
        persons={here.map(({ visit }) => visit).filter(({ identityStale }) => identityStale)}
      />
      {isFresh && unlocated.length > 0 && <PositionCard groups={unlocated} onLocated={locate} />}
      {isFresh && (
        <OthersHere
          code={answer.code}
          present={here.map(({ visit }) => visit.memberId ?? '')}
          onAdded={add}
        />
      )}
      {unregistered && (
        <Button onClick={() => register(answer.code, recorded.venue)}>{say('door.registerEntry')}</Button>
      )}
      {asksForTest && (
        <Button kind="quiet" onClick={() => goTo('test-sites', isYellow ? { for: 'yellow' } : {})}>
          {say('testing.where')}
        </Button>
      )}
      <Button {...(unregistered ? { kind: 'quiet' as const } : {})} onClick={onAgain}>
        {say('door.again')}
      </Button>
      <Button kind="quiet" onClick={() => startAt('home')}>
        {say('action.home')}
      </Button>
    </Screen>
  )
}
