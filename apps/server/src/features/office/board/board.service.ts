import type { Board } from '@jiankangbao/contracts/board/schemas'
import { divisionCovers } from '@jiankangbao/domain/division'
import { AppError } from '../../../http/app-error.ts'
import type { OperatorCaller } from '../../../http/caller.ts'
import type { Parts } from '../../../parts.ts'
import { findPicture } from './picture.queries.ts'

/** Of a row that is written once a minute; every process reads it this often, whoever looks. */
const FRESH_MS = 10_000

export const createBoardService = ({ pool, config }: Pick<Parts, 'pool' | 'config'>) => {
  const kept = new Map<string, { at: number; picture: Promise<Board | undefined> }>()

  const read = (area: string): Promise<Board | undefined> => {
    const now = performance.now()
    const last = kept.get(area)
    if (last && now - last.at < FRESH_MS) return last.picture
    const picture = findPicture(pool, area)
    kept.set(area, { at: now, picture })
    picture.then(
      (found) => found ?? kept.delete(area),
      () => kept.delete(area),
    )
    return picture
  }

  return {
    /**
     * The picture of the city, or of the district in which the caller's division lies: what is counted for a street or a
     * community would be single people.
     * @throws AppError NOT_FOUND (nothing was counted yet)
     */
    getBoard: async ({ divisionCode }: Pick<OperatorCaller, 'divisionCode'>): Promise<Board> => {
      const city = config.city.divisionCode
      const picture = await read(divisionCovers(divisionCode, city) ? city : divisionCode.slice(0, 6))
      if (!picture) throw new AppError('NOT_FOUND')
      return picture
    },
  }
}

export type BoardService = ReturnType<typeof createBoardService>
