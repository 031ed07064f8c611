import type { CheckPoint } from '@jiankangbao/contracts/check/schemas'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { describeError } from '../../api/error-words.ts'
import { readStored, writeStored } from '../../api/stored.ts'
import './point-picker.css'

const KNOWN = 'checkPoints'

const pointsQuery = {
  queryKey: ['check-points'],
  queryFn: async (): Promise<CheckPoint[]> => {
    const { points } = await call('listCheckPoints', { query: {} })
    writeStored(KNOWN, points.slice(0, 500))
    return points
  },
}

const fits = ({ venueName, pointName }: CheckPoint, search: string): boolean =>
  `${venueName} ${pointName}`.toLowerCase().includes(search.trim().toLowerCase())

/** Choosing the point where one stands; the list is kept for a start without network. */
export const PointPicker = ({ onChoose }: { onChoose: (point: CheckPoint) => void }) => {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const query = useQuery(pointsQuery)
  const known = query.data ?? (query.isError ? readStored<CheckPoint[]>(KNOWN) : undefined)
  const found = known?.filter((point) => fits(point, search)).slice(0, 100)
  return (
    <main className="cp-picker">
      <h1>{t('checkpoint.choosePoint')}</h1>
      <input
        type="search"
        value={search}
        placeholder={t('checkpoint.searchPoint')}
        aria-label={t('checkpoint.searchPoint')}
        onChange={(event) => setSearch(event.target.value)}
      />
      {query.isPending && <p role="status">{t('app.state.loading')}</p>}
      {query.isError && (
        <p className="cp-problem" role="alert">
          {describeError(t, query.error).title}{' '}
          <button type="button" className="plain-link" onClick={() => void query.refetch()}>
            {t('app.state.retry')}
          </button>
        </p>
      )}
      {found?.length === 0 && (
        <p>
          {t('checkpoint.noPoints')}
          <br />
          <small>{t('checkpoint.noPointsHint')}</small>
        </p>
      )}
      <ul>
        {found?.map((point) => (
          <li key={point.pointId}>
            <button type="button" onClick={() => onChoose(point)}>
              <b>{point.venueName}</b>
              <span>
                {point.pointName} ·{' '}
                {t(`domain.kinds.${point.kind.split('.').at(-1)}`, { defaultValue: point.kind })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </main>
  )
}
