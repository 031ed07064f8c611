import type { OfficeAppeal } from '@jiankangbao/contracts/appeal/schemas'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Evidence, each picture only when asked for: looking is logged. */
export const Pictures = ({ appeal }: { appeal: OfficeAppeal }) => {
  const { t } = useTranslation()
  if (appeal.pictures === 0) return null
  return (
    <>
      <h2>{t('appeals.pictures')}</h2>
      <p className="quiet small">{t('appeals.pictureLogged')}</p>
      {Array.from({ length: appeal.pictures }, (_, at) => String(at + 1)).map((number) => (
        <Picture key={number} appealId={appeal.appealId} number={number} />
      ))}
    </>
  )
}

const Picture = ({ appealId, number }: { appealId: string; number: string }) => {
  const { t } = useTranslation()
  const show = useAction({
    run: () => call('getAppealPicture', { params: { appealId, number } }),
    refresh: [],
  })
  if (show.data)
    return (
      <img
        className="appeal-picture"
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
