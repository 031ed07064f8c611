import type { Board } from '@jiankangbao/contracts/board/schemas'
import { useTranslation } from 'react-i18next'
import { useTexts } from '../../locales/i18n.ts'

/** Room for so many on a wall. */
const MOST_TILES = 24
const MOST_KINDS = 8

/** The districts as tiles, brighter where more is scanned; of a district its streets, by whom they look after. */
export const Tiles = ({ tiles }: { tiles: Board['tiles'] }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const weightOf = ({ doors, lookedAfter }: Board['tiles'][number]) => doors?.scans ?? lookedAfter
  const most = Math.max(1, ...tiles.map(weightOf))
  return (
    <ul className={`board-tiles${tiles.length > 6 ? ' board-many' : ''}`} data-testid="board-tiles">
      {tiles.slice(0, MOST_TILES).map((tile) => (
        <li
          key={tile.code}
          style={{
            background: `rgb(61 140 230 / ${Math.round(Math.sqrt(weightOf(tile) / most) * 40 + 8)}%)`,
          }}
        >
          <strong className="board-tile-name">{read({ zh: tile.name, en: tile.nameEn })}</strong>
          {tile.doors && (
            <span className="board-tile-number">{tile.doors.scans.toLocaleString('en-US')}</span>
          )}
          {tile.doors && (
            <span className="board-tile-doors">
              <span className="board-tile-red">{t('board.redAtDoors', { count: tile.doors.red })}</span>
              <span className="board-tile-yellow">
                {t('board.yellowAtDoors', { count: tile.doors.yellow })}
              </span>
            </span>
          )}
          <span className="board-tile-held">
            {t('board.lookedAfter', { count: tile.lookedAfter })}
            {tile.unseen48 > 0 && (
              <span className="board-tile-yellow">{t('board.unseenOf', { count: tile.unseen48 })}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

export const Kinds = ({ kinds }: { kinds: Board['kinds'] }) => {
  const { t } = useTranslation()
  const most = Math.max(1, kinds[0]?.scans ?? 1)
  if (kinds.length === 0) return <p className="board-label">{t('board.noScans')}</p>
  return (
    <ol className="board-bars" data-testid="board-kinds">
      {kinds.slice(0, MOST_KINDS).map(({ kind, scans, red, yellow }) => (
        <li key={kind}>
          <span>{t(`domain.kinds.${kind}`, { defaultValue: kind })}</span>
          <span className="board-track">
            <span className="board-fill" style={{ width: `${(scans / most) * 100}%` }} />
          </span>
          <span>{scans.toLocaleString('en-US')}</span>
          <span className={red > 0 ? 'board-red' : 'board-label'}>{red}</span>
          <span className={yellow > 0 ? 'board-yellow' : 'board-label'}>{yellow}</span>
        </li>
      ))}
    </ol>
  )
}
