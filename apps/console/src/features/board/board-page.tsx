import type { Board } from '@jiankangbao/contracts/board/schemas'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call, isSessionLoss } from '../../api/client.ts'
import { describeError } from '../../api/error-words.ts'
import { formatInstant } from '../../api/instants.ts'
import { useSessionLost } from '../../api/session-loss.ts'
import { useNextLanguage, useTexts } from '../../locales/i18n.ts'
import { pathTo } from '../../path-to.ts'
import { BoardChart } from './board-chart.tsx'
import { Figure, Panel } from './board-figure.tsx'
import { daysOption, scansOption } from './board-options.ts'
import { Kinds, Tiles } from './board-places.tsx'
import { toAge, useClock, useUnit } from './board-time.ts'
import { Alarms, Health, LookedAfter, Steps, Tests } from './board-work.tsx'
import './board.css'

const EVERY_MS = 15_000
/** Counted once a minute: after three something is wrong, and the board says so instead of looking alive. */
const OLD_MS = 180_000

interface ShownProps {
  board: Board
  /** The last look failed: what is shown is from before. */
  lost: boolean
  /** On a wall of its own nobody is signed in. */
  onWall?: boolean
}

const Head = ({ board, now, lost, onWall = false }: ShownProps & { now: number }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const signedOut = useSessionLost()
  const { name, choose } = useNextLanguage()
  const isOld = lost || now - Date.parse(board.countedAt) > OLD_MS
  const words = { at: formatInstant(board.countedAt), age: toAge(t, board.countedAt, now) }
  return (
    <header className="board-head">
      <h1>{t('board.title', { area: read({ zh: board.area.name, en: board.area.nameEn }) })}</h1>
      <p role="status" className={isOld ? 'board-old' : ''} data-testid="board-age" data-old={isOld}>
        {isOld ? t('board.old', words) : t('board.asOf', words)}
      </p>
      {signedOut && !onWall && (
        <button type="button" onClick={() => location.reload()}>
          {t('board.signInAgain')}
        </button>
      )}
      <button type="button" onClick={choose}>
        {name}
      </button>
      {!onWall && <Link to={pathTo('/')}>{t('board.toDesk')}</Link>}
      <time>{formatInstant(new Date(now).toISOString())}</time>
    </header>
  )
}

const People = ({ people, area }: Pick<Board, 'people' | 'area'>) => {
  const { t } = useTranslation()
  const all = { path: pathTo('/follow-ups', { view: 'all' }), needs: 'listFollowUps' } as const
  return (
    <Panel title={t(`board.people.${area.level}`)} area="people">
      {area.level === 'city' ? (
        <div className="board-figures">
          <Figure label={t('domain.colours.green')} value={people.green} tone="green" />
          <Figure label={t('domain.colours.yellow')} value={people.yellow} tone="yellow" to={all} />
          <Figure label={t('domain.colours.red')} value={people.red} tone="red" to={all} />
          <Figure label={t('domain.colours.none')} value={people.none} />
        </div>
      ) : (
        <div className="board-figures">
          <Figure label={t('board.isolated')} value={people.isolated} to={all} />
          <Figure label={t('board.monitored')} value={people.monitored} to={all} />
        </div>
      )}
    </Panel>
  )
}

const Minute = ({ lastMinute, minuteYesterday, todayAtDoors }: Board) => {
  const { t } = useTranslation()
  const venues = { path: pathTo('/venues'), needs: 'listVenues' } as const
  const before = minuteYesterday
  return (
    <Panel title={t('board.lastMinute')} area="minute">
      <div className="board-figures" data-testid="board-minute">
        <Figure
          label={t('board.scans')}
          value={lastMinute.scans}
          beside={before === undefined ? undefined : t('board.yesterdayWas', { count: before })}
          to={venues}
        />
        <Figure label={t('board.todayScans')} value={todayAtDoors.scans} to={venues} testId="board-today" />
        <Figure label={t('board.redToday')} value={todayAtDoors.red} tone="red" />
        <Figure label={t('board.yellowToday')} value={todayAtDoors.yellow} tone="yellow" />
      </div>
    </Panel>
  )
}

const Cases = ({ figures }: Board) => {
  const { t } = useTranslation()
  const { cases, contacts } = figures
  const to = { path: pathTo('/cases'), needs: 'listCases' } as const
  return (
    <Panel
      title={t('board.cases')}
      area="cases"
      note={t('board.listedBefore', { listed: cases.listedBefore ?? 0, of: cases.week ?? 0 })}
    >
      <div className="board-figures">
        <Figure label={t('board.openCases')} value={cases.open} tone="red" to={to} />
        <Figure label={t('board.newCases')} value={cases.today} to={to} />
        <Figure label={t('board.close')} value={contacts.close_contact} to={to} />
        <Figure label={t('board.presence')} value={contacts.co_presence} to={to} />
        <Figure label={t('board.secondary')} value={contacts.secondary_contact} to={to} />
      </div>
    </Panel>
  )
}

const Charts = ({ board }: { board: Board }) => {
  const { t, i18n } = useTranslation()
  const unit = useUnit()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words follow the language
  const scans = useMemo(
    () => scansOption(board, { today: t('board.today'), yesterday: t('board.yesterday') }, unit),
    [board, i18n.language, unit],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words follow the language
  const days = useMemo(() => {
    const names =
      board.area.level === 'city'
        ? (['red', 'yellow'] as const).map((name) => [name, t(`domain.colours.${name}`)] as const)
        : (['isolated', 'monitored'] as const).map((name) => [name, t(`board.${name}`)] as const)
    return daysOption(board.days, names, unit)
  }, [board, i18n.language, unit])
  return (
    <>
      <Panel title={t('board.scansADay')} area="scans">
        <BoardChart option={scans} label={t('board.scansADay')} testId="board-scans" />
      </Panel>
      <Panel title={t(`board.thirtyDays.${board.area.level}`)} area="days">
        <BoardChart option={days} label={t(`board.thirtyDays.${board.area.level}`)} testId="board-days" />
      </Panel>
    </>
  )
}

/** The whole picture, as it was counted. */
export const BoardView = ({ board, lost, onWall = false }: ShownProps) => {
  const { t } = useTranslation()
  const now = useClock()
  return (
    <main className="board" data-testid="board">
      <Head board={board} now={now} lost={lost} onWall={onWall} />
      <People {...board} />
      <Minute {...board} />
      <Cases {...board} />
      <Charts board={board} />
      <Panel title={t(`board.places.${board.area.level}`)} area="places">
        <Tiles tiles={board.tiles} />
      </Panel>
      <Panel title={t('board.byKind')} area="kinds">
        <Kinds kinds={board.kinds} />
      </Panel>
      <Panel title={t('board.stepsTitle')} area="steps" note={t('board.stepsNote')}>
        <Steps steps={board.steps} />
      </Panel>
      <Panel title={t('board.work')} area="held">
        <LookedAfter figures={board.figures} />
      </Panel>
      <Panel title={t('board.tests')} area="tests">
        <Tests board={board} />
      </Panel>
      <Panel title={t('board.alarmsTitle')} area="alarms">
        <Alarms figures={board.figures} />
      </Panel>
      <Panel title={t('board.health')} area="health">
        <Health board={board} now={now} />
      </Panel>
    </main>
  )
}

/** The city on a wall: dark, without a mouse, and honest about how old it is when the connection is gone. */
export default function BoardPage() {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['board'],
    queryFn: () => call('getBoard', {}),
    refetchInterval: EVERY_MS,
    refetchIntervalInBackground: true,
    retry: (_, error) => !isSessionLoss(error),
    retryDelay: EVERY_MS,
    gcTime: Number.POSITIVE_INFINITY,
  })
  useEffect(() => {
    document.title = t('board.menu')
  }, [t])
  if (query.data) return <BoardView board={query.data} lost={query.failureCount > 0} />
  return (
    <main className="board board-empty">
      <p role="status">{query.failureCount > 0 ? t('board.notYet') : t('app.state.loading')}</p>
      {query.failureReason && <p>{describeError(t, query.failureReason).title}</p>}
    </main>
  )
}
