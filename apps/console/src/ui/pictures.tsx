import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Problem } from './problem.tsx'
import { useAction } from './use-action.ts'
import './pictures.css'

interface PicturesProps {
  /** How many there are; their numbers begin with 1. */
  count: number
  load: (number: string) => Promise<{ mediaType: string; content: string }>
}

/** What somebody sent along, each picture only when asked for: looking is logged. */
export const Pictures = ({ count, load }: PicturesProps) => {
  const { t } = useTranslation()
  if (count === 0) return null
  return (
    <>
      <h2>{t('appeals.pictures')}</h2>
      <p className="quiet small">{t('appeals.pictureLogged')}</p>
      {Array.from({ length: count }, (_, at) => String(at + 1)).map((number) => (
        <Picture key={number} number={number} load={load} />
      ))}
    </>
  )
}

const Picture = ({ number, load }: { number: string } & Pick<PicturesProps, 'load'>) => {
  const { t } = useTranslation()
  const show = useAction({ run: () => load(number), refresh: [] })
  if (show.data)
    return (
      <img
        className="sent-picture"
        src={`data:${show.data.mediaType};base64,${show.data.content}`}
        alt={t('appeals.pictureAlt', { number })}
      />
    )
  return (
    <p>
      <Problem error={show.error} />
      <Button loading={show.isPending} onClick={() => show.mutate()}>
        {t('appeals.showPicture', { number })}
      </Button>
    </p>
  )
}
