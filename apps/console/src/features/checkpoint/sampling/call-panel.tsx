import type { CalledPerson, SamplingRoster } from '@jiankangbao/contracts/sampling/schemas'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../../api/client.ts'
import { describeError } from '../../../api/error-words.ts'
import { currentVoice } from '../../../locales/i18n.ts'
import { speak } from '../sounds.ts'

/** A list that is being called: names as they were opened, states as they are now. */
export interface Called {
  roster: SamplingRoster
  people: CalledPerson[]
}

const EVERY_MS = 10_000

/** Whoever is next: nobody before them waits. */
const nextOf = (people: readonly CalledPerson[]): CalledPerson | undefined =>
  people.find(({ state }) => state === 'waiting')

interface Props {
  called: Called | undefined
  onCalled: (called: Called | undefined) => void
}

/** A class, a ward or a building, called in its order: whoever comes is scanned like everybody, whoever does not is marked. */
export const CallPanel = ({ called, onCalled }: Props) =>
  called ? <Calling called={called} onCalled={onCalled} /> : <ChooseRoster onCalled={onCalled} />

const ChooseRoster = ({ onCalled }: Pick<Props, 'onCalled'>) => {
  const { t } = useTranslation()
  const rosters = useQuery({
    queryKey: ['sampling-rosters'],
    queryFn: () => call('listSamplingRosters', {}),
  })
  const open = useMutation({
    mutationFn: async (roster: SamplingRoster): Promise<Called> => ({
      roster,
      people: (await call('openSamplingRoster', { params: { rosterId: roster.rosterId }, body: {} })).people,
    }),
    onSuccess: onCalled,
  })
  const problem = rosters.error ?? open.error
  return (
    <section className="sp-boxes" data-testid="call-lists">
      <h2 className="sp-slot">{t('sampling.call.choose')}</h2>
      {problem && <p role="alert">{describeError(t, problem).title}</p>}
      {rosters.data?.rosters.length === 0 && <p>{t('sampling.call.none')}</p>}
      <div className="sp-lists">
        {rosters.data?.rosters.map((roster) => (
          <button
            key={roster.rosterId}
            type="button"
            className="cp-button cp-quiet"
            disabled={open.isPending}
            onClick={() => open.mutate(roster)}
          >
            {roster.divisionName} {roster.name} · {t(`sampling.call.kinds.${roster.kind}`)} ·{' '}
            {t('sampling.call.people', { count: roster.people })}
          </button>
        ))}
      </div>
    </section>
  )
}

/** The states of now, by place; names are not asked for again. */
const useStates = ({ roster, people }: Called, onCalled: Props['onCalled']) => {
  const states = useQuery({
    queryKey: ['sampling-called', roster.rosterId],
    queryFn: () => call('listCalledStates', { params: { rosterId: roster.rosterId } }),
    refetchInterval: EVERY_MS,
    refetchOnMount: 'always',
  })
  useEffect(() => {
    if (!states.data) return
    const now = new Map(states.data.people.map(({ place, state }) => [place, state]))
    const isChanged = people.some(({ place, state }) => (now.get(place) ?? state) !== state)
    if (isChanged)
      onCalled({
        roster,
        people: people.map((each) => ({ ...each, state: now.get(each.place) ?? each.state })),
      })
  }, [states.data, roster, people, onCalled])
  return states
}

const Calling = ({ called, onCalled }: { called: Called; onCalled: Props['onCalled'] }) => {
  const { t } = useTranslation()
  const { roster, people } = called
  const states = useStates(called, onCalled)
  const next = nextOf(people)
  const mark = useMutation({
    mutationFn: ({ place, absent }: { place: number; absent: boolean }) =>
      call('markAbsent', { params: { rosterId: roster.rosterId, place }, body: { absent } }),
    onSuccess: () => states.refetch(),
  })
  const count = (state: CalledPerson['state']) => people.filter((each) => each.state === state).length
  const problem = states.error ?? mark.error
  return (
    <section className="sp-boxes" data-testid="calling">
      <p className="sp-count">
        <b>{roster.name}</b>
        <span>
          {t('sampling.call.progress', {
            sampled: count('sampled'),
            absent: count('absent'),
            count: people.length,
          })}
        </span>
      </p>
      {problem && <p role="alert">{describeError(t, problem).title}</p>}
      {next ? (
        <>
          <p className="sp-call" data-testid="call-next" data-place={next.place}>
            {t('sampling.call.next', { place: next.place })} <b>{next.nameMasked}</b>
          </p>
          <div className="sp-actions">
            <button
              type="button"
              className="cp-button"
              onClick={() =>
                speak(t('sampling.call.spoken', { place: next.place, name: firstOf(next) }), currentVoice())
              }
            >
              {t('sampling.call.aloud')}
            </button>
            <button
              type="button"
              className="cp-button cp-quiet"
              disabled={mark.isPending}
              onClick={() => mark.mutate({ place: next.place, absent: true })}
            >
              {t('sampling.call.absent')}
            </button>
          </div>
        </>
      ) : (
        <p className="sp-call">{t('sampling.call.done')}</p>
      )}
      <ol className="sp-called">
        {people.map((each) => (
          <li key={each.place} value={each.place} className={`sp-called-${each.state}`}>
            {each.nameMasked} · {t(`sampling.call.states.${each.state}`)}
            {each.state === 'absent' && (
              <button
                type="button"
                className="cp-plain"
                disabled={mark.isPending}
                onClick={() => mark.mutate({ place: each.place, absent: false })}
              >
                {t('sampling.call.cameAfterAll')}
              </button>
            )}
          </li>
        ))}
      </ol>
      <button type="button" className="cp-button cp-quiet" onClick={() => onCalled(undefined)}>
        {t('sampling.call.other')}
      </button>
    </section>
  )
}

const firstOf = ({ nameMasked }: CalledPerson): string => nameMasked.replace(/[*＊].*$/, '')

/** Beside the tube: whom to call now, without leaving the camera. */
export const CallNext = ({
  called,
  onCalled,
  taken,
}: {
  called: Called
  onCalled: Props['onCalled']
  taken: number
}) => {
  const { t } = useTranslation()
  const { refetch } = useStates(called, onCalled)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever somebody is in the tube
  useEffect(() => void refetch(), [refetch, taken])
  const next = nextOf(called.people)
  return (
    <p className="sp-call" data-testid="call-beside">
      {called.roster.name} ·{' '}
      {next ? (
        <>
          {t('sampling.call.next', { place: next.place })} <b>{next.nameMasked}</b>
        </>
      ) : (
        t('sampling.call.done')
      )}
    </p>
  )
}
