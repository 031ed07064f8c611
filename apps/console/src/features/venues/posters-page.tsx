import type { Point, Venue } from '@jiankangbao/contracts/venue/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, InputNumber, Select } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { clientConfigQuery } from '../../api/client-config.ts'
import { pathTo } from '../../path-to.ts'
import { DeskTheme } from '../../ui/desk-theme.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { Poster } from './poster.tsx'
import {
  copiesOf,
  MOST_COPIES,
  POSTER_FORMATS,
  posterFormatNames,
  posterFormatOf,
  toSheets,
} from './poster-formats.ts'
import { venueQuery } from './venue-queries.ts'
import './poster.css'

/** Posters of a venue, ready to print. `?points=1,2` chooses points, `format` and `copies` how they are printed. */
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
  const [params] = useSearchParams()
  const config = useQuery(clientConfigQuery).data
  const points = venue.points.filter(hasCode)
  const wanted = params.get('points')?.split(',')
  const chosen = wanted ? points.filter(({ pointId }) => wanted.includes(pointId)) : points
  const format = posterFormatOf(params.get('format'))
  const { shape, perSheet } = POSTER_FORMATS[format]
  const sheets = toSheets(chosen, copiesOf(params.get('copies')), perSheet)
  useEffect(() => {
    document.title = `${venue.name} ${t('poster.title')}`
  }, [venue.name, t])
  return (
    <main className="posters">
      <PrintBar venue={venue} points={points} chosen={chosen} sheets={sheets.length} />
      {sheets.map((onSheet, sheet) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sheet has no name but its place
        <section key={sheet} className={`sheet sheet-${format}`} aria-label={`${sheet + 1}`}>
          {onSheet.map((point, place) => (
            <Poster
              // biome-ignore lint/suspicious/noArrayIndexKey: the same point stands on a sheet more than once
              key={place}
              shape={shape}
              venue={venue}
              point={point}
              hotline={config?.hotline ?? '12345'}
              city={config?.cityName.zh ?? ''}
            />
          ))}
        </section>
      ))}
    </main>
  )
}

interface BarProps {
  venue: Venue
  points: Point[]
  chosen: Point[]
  sheets: number
}

const PrintBar = ({ venue, points, chosen, sheets }: BarProps) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const set = (name: string, value: string): void =>
    setParams({ ...Object.fromEntries(params), [name]: value }, { replace: true })
  return (
    <div className="poster-bar no-print">
      <Button onClick={() => navigate(pathTo('/venues/:venueId', { venueId: venue.venueId }))}>
        {t('app.action.back')}
      </Button>
      <Select
        aria-label={t('poster.format')}
        value={posterFormatOf(params.get('format'))}
        options={posterFormatNames.map((name) => ({ value: name, label: t(`poster.formats.${name}`) }))}
        onChange={(name) => set('format', name)}
        popupMatchSelectWidth={false}
      />
      <InputNumber
        aria-label={t('poster.copies')}
        prefix={t('poster.copies')}
        min={1}
        max={MOST_COPIES}
        precision={0}
        value={copiesOf(params.get('copies'))}
        onChange={(copies) => set('copies', String(copies ?? 1))}
      />
      <Button type="primary" disabled={sheets === 0} onClick={() => window.print()}>
        {t('poster.print', { count: sheets })}
      </Button>
      {points.length > 1 && (
        <Checkbox.Group
          aria-label={t('poster.choose')}
          value={chosen.map(({ pointId }) => pointId)}
          options={points.map(({ pointId, name }) => ({ value: pointId, label: name }))}
          onChange={(ids) => set('points', ids.join(','))}
        />
      )}
      <p className="quiet small">{t(points.length === 0 ? 'poster.none' : 'poster.hint')}</p>
    </div>
  )
}
