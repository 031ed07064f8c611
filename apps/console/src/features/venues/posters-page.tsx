import type { Point, Venue } from '@jiankangbao/contracts/venue/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { clientConfigQuery } from '../../api/client-config.ts'
import { formatDay } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { DeskTheme } from '../../ui/desk-theme.tsx'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { venueQuery } from './venue-queries.ts'
import './poster.css'

/** Posters of a venue, one A4 page per point, ready to print. `?points=1,2` chooses points. */
export default function PostersPage() {
  const { venueId = '' } = useParams()
  const query = useQuery(venueQuery(venueId))
  return (
    <DeskTheme>
      <QueryView query={query}>{(venue) => <Posters venue={venue} />}</QueryView>
    </DeskTheme>
  )
}

const hasCode = (point: Point): boolean => point.state === 'active' && point.qrText !== undefined

const Posters = ({ venue }: { venue: Venue }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const config = useQuery(clientConfigQuery).data
  const points = venue.points.filter(hasCode)
  const wanted = params.get('points')?.split(',')
  const chosen = wanted ? points.filter(({ pointId }) => wanted.includes(pointId)) : points
  useEffect(() => {
    document.title = `${venue.name} ${t('poster.title')}`
  }, [venue.name, t])
  const choose = (ids: string[]): void => setParams({ points: ids.join(',') }, { replace: true })
  return (
    <main className="posters">
      <div className="poster-bar no-print">
        <Button onClick={() => navigate(pathTo('/venues/:venueId', { venueId: venue.venueId }))}>
          {t('app.action.back')}
        </Button>
        <Button type="primary" disabled={chosen.length === 0} onClick={() => window.print()}>
          {t('poster.print', { count: chosen.length })}
        </Button>
        {points.length > 1 && (
          <Checkbox.Group
            aria-label={t('poster.choose')}
            value={chosen.map(({ pointId }) => pointId)}
            options={points.map(({ pointId, name }) => ({ value: pointId, label: name }))}
            onChange={choose}
          />
        )}
        <p className="quiet small">{t(points.length === 0 ? 'poster.none' : 'poster.hint')}</p>
      </div>
      {chosen.map((point) => (
        <Poster
          key={point.pointId}
          venue={venue}
          point={point}
          hotline={config?.hotline ?? '12345'}
          city={config?.cityName.zh ?? ''}
        />
      ))}
    </main>
  )
}

interface PosterProps {
  venue: Venue
  point: Point
  hotline: string
  city: string
}

// The poster hangs in the city for everyone: it says all in Chinese and in English, whatever language the console shows.
const Poster = ({ venue, point, hotline, city }: PosterProps) => {
  const { t } = useTranslation()
  const zh = (key: string): string => t(`poster.${key}`, { lng: 'zh' })
  const en = (key: string): string => t(`poster.${key}`, { lng: 'en' })
  return (
    <article className="poster" data-testid="poster">
      <header>
        <div className="poster-brand">
          {zh('brand')} · {city}
        </div>
        <h1>{zh('slogan')}</h1>
        <p lang="en">{en('slogan')}</p>
      </header>
      <div className="poster-qr">
        <QrPicture text={point.qrText ?? ''} label={point.venueCode ?? ''} width="100%" />
      </div>
      <div className="poster-code">
        <span>
          {zh('typed')} <span lang="en">{en('typed')}</span>
        </span>
        <strong className="code-text">{point.venueCode}</strong>
      </div>
      <h2 className={venue.name.length > 16 ? 'poster-long' : ''}>{venue.name}</h2>
      <p className="poster-point">{point.name}</p>
      <footer>
        <span>{zh('how')}</span>
        <span lang="en">{en('how')}</span>
        <span>
          {zh('hotline')} {en('hotline')} {hotline}
          <i> · </i>
          {zh('issued')} {en('issued')} {formatDay(point.codeIssuedAt)}
        </span>
      </footer>
    </article>
  )
}
