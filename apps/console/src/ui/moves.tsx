import type { ColourMove } from '@jiankangbao/contracts/proposal/schemas'
import { useTranslation } from 'react-i18next'
import { ColourTag } from './colour-tag.tsx'

const colours = ['green', 'yellow', 'red', 'none'] as const

/** People whose colour would be another one. */
export const countMoved = (moves: readonly ColourMove[]): number =>
  moves.reduce((sum, move) => (move.from === move.to ? sum : sum + move.persons), 0)

/** How many people go from which colour to which, as a table; those who stay are quiet. */
export const Moves = ({ moves }: { moves: readonly ColourMove[] }) => {
  const { t } = useTranslation()
  const persons = (from: string, to: string): number =>
    moves.reduce((sum, move) => (move.from === from && move.to === to ? sum + move.persons : sum), 0)
  const used = colours.filter((colour) => moves.some(({ from, to }) => from === colour || to === colour))
  if (used.length === 0) return <span className="quiet">{t('proposals.noMoves')}</span>
  return (
    <div className="moves-scroll">
      <table className="moves" data-testid="moves">
        <caption>{t('proposals.movesTitle')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('proposals.movesFrom')}</th>
            {used.map((to) => (
              <th scope="col" key={to}>
                <ColourTag colour={to} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {used.map((from) => (
            <tr key={from}>
              <th scope="row">
                <ColourTag colour={from} />
              </th>
              {used.map((to) => (
                <td key={to} className={from === to ? 'quiet' : 'moved'}>
                  {persons(from, to) || '·'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
