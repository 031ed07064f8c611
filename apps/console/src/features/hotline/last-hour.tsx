import type { HotlineDesk } from '@jiankangbao/contracts/hotline/schemas'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatDay } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { useMay, useMe } from '../../api/session.ts'
import { useTexts } from '../../locales/i18n.ts'
import { pathTo } from '../../path-to.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { answeredReasons, draftOfReasons } from './notice-of-reasons.ts'

/** What people called about in the last hour, and the button that makes a notice of it. */
export const LastHour = ({ desk }: { desk: HotlineDesk }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const titleOf = (key: string): string => {
    const title = desk.policy.wrapUps.find((each) => each.key === key)?.title
    return title ? read(title) : key
  }
  if (desk.lastHour.length === 0) return null
  return (
    <section className="panel hotline-line" aria-label={t('hotline.lastHour')} data-testid="last-hour">
      <b>{t('hotline.lastHour')}</b>
      {desk.lastHour.map(({ key, calls }) => (
        <Tag key={key}>
          {titleOf(key)} {calls}
        </Tag>
      ))}
      <MakeNotice desk={desk} />
    </section>
  )
}

const MakeNotice = ({ desk }: { desk: HotlineDesk }) => {
  const { t, i18n } = useTranslation()
  const may = useMay()
  const { organisation } = useMe()
  const navigate = useNavigate()
  const [requestId] = useState(createRequestId)
  const make = useAction({
    run: () => {
      const speaking = { zh: i18n.getFixedT('zh'), en: i18n.getFixedT('en') }
      const draft = draftOfReasons(desk, speaking, organisation, formatDay(new Date().toISOString()))
      if (!draft) throw new Error('no reason has an answer')
      return call('addAnnouncement', { body: { requestId, kind: 'question', draft } })
    },
    refresh: [['announcements']],
    done: t('hotline.noticeMade'),
    onDone: ({ announcementId }) =>
      void navigate(pathTo('/announcements/:announcementId/edit', { announcementId })),
  })
  if (!may('addAnnouncement') || answeredReasons(desk).length === 0) return null
  return (
    <>
      <Button type={desk.full ? 'primary' : 'default'} loading={make.isPending} onClick={() => make.mutate()}>
        {t('hotline.makeNotice')}
      </Button>
      <Problem error={make.error} />
    </>
  )
}
