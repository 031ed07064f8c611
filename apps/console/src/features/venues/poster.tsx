import type { Point, Venue } from '@jiankangbao/contracts/venue/schemas'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../api/instants.ts'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { lengthOf, type PosterShape } from './poster-formats.ts'

interface PosterProps {
  shape: PosterShape
  venue: Pick<Venue, 'name'>
  point: Point
  hotline: string
  city: string
}

// The poster hangs in the city for everyone: it says all in Chinese and in English, whatever language the console shows.
export const Poster = ({ shape, venue, point, hotline, city }: PosterProps) => {
  const { t } = useTranslation()
  const zh = (key: string): string => t(`poster.${key}`, { lng: 'zh' })
  const en = (key: string): string => t(`poster.${key}`, { lng: 'en' })
  return (
    <article
      className={`poster poster-${shape} poster-${lengthOf(venue.name)}`}
      data-testid="poster"
      data-shape={shape}
    >
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
      <div className="poster-place">
        <h2>{venue.name}</h2>
        <p className="poster-point">{point.name}</p>
      </div>
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
