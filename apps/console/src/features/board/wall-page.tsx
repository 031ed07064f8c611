import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { readStored, writeStored } from '../../api/stored.ts'
import { useNextLanguage } from '../../locales/i18n.ts'
import { pathTo } from '../../path-to.ts'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { BoardView } from './board-page.tsx'
import './board.css'

const EVERY_MS = 15_000
const WAITING_MS = 4_000
const KEY = 'wall'

/** What the wall keeps: its key, and its code until it is paired. */
interface Kept {
  key: string
  code?: string
  pairsUntil?: string
  /** It was paired before and ended. */
  again?: boolean
}

const begin = async (again: boolean): Promise<Kept> => {
  const kept = { ...(await call('beginWall', {})), again }
  writeStored(KEY, kept)
  return kept
}

/** One look: pairs anew where the key opens nothing, and goes on with the next key where there is one. */
const look = async () => {
  const before = readStored<Kept>(KEY)
  const kept = before ?? (await begin(false))
  const read = await call('readWall', { body: { key: kept.key } })
  if (read.state === 'ended') return { kept: await begin(kept.code === undefined), read: undefined }
  if (read.state === 'paired') writeStored(KEY, { key: read.nextKey ?? kept.key } satisfies Kept)
  return { kept, read }
}

const Code = ({ kept }: { kept: Kept }) => {
  const { t } = useTranslation()
  const { name, choose } = useNextLanguage()
  const code = kept.code ?? ''
  const link = `${location.origin}/console${pathTo('/walls', { code })}`
  return (
    <main className="board board-empty wall-code">
      <h1>{t('board.menu')}</h1>
      {kept.again && <p role="status">{t('board.walls.again')}</p>}
      <QrPicture text={link} label={t('board.walls.code')} width="min(36vh, 60vw)" />
      <p className="wall-letters" data-testid="wall-code">
        {code}
      </p>
      <p>{t('board.walls.asks')}</p>
      <p>{t('board.walls.until', { at: formatInstant(kept.pairsUntil) })}</p>
      <button type="button" onClick={choose}>
        {name}
      </button>
    </main>
  )
}

/** The board on a screen of its own, under a key of its own. */
export default function WallPage() {
  const { t } = useTranslation()
  // What was shown last stays where a look fails.
  const [isPaired, setPaired] = useState(false)
  const query = useQuery({
    queryKey: ['wall'],
    queryFn: look,
    refetchInterval: isPaired ? EVERY_MS : WAITING_MS,
    refetchIntervalInBackground: true,
    retry: false,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const state = query.data?.read?.state
  useEffect(() => {
    document.title = t('board.menu')
  }, [t])
  useEffect(() => setPaired(state === 'paired'), [state])
  if (query.data?.read?.board) return <BoardView board={query.data.read.board} lost={query.isError} onWall />
  if (query.data && state !== 'paired') return <Code kept={query.data.kept} />
  return (
    <main className="board board-empty">
      <p role="status">
        {t(
          query.isError
            ? 'board.walls.unreachable'
            : state === 'paired'
              ? 'board.walls.waiting'
              : 'app.state.loading',
        )}
      </p>
    </main>
  )
}
