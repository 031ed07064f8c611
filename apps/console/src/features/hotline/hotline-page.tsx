import type { HotlineDesk } from '@jiankangbao/contracts/hotline/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, queryClient } from '../../api/client.ts'
import { pathTo } from '../../path-to.ts'
import { OpenButton } from '../../ui/open-button.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { CallBacks } from './call-backs.tsx'
import { CallBar } from './call-bar.tsx'
import { CallerPanel } from './caller-panel.tsx'
import { DayPanel } from './day-panel.tsx'
import { KnowledgePanel } from './knowledge-panel.tsx'
import { LastHour } from './last-hour.tsx'
import { LoadBar } from './load-bar.tsx'
import { NewTicketDrawer } from './new-ticket-drawer.tsx'
import './hotline.css'

const REFRESH_MS = 15_000
const PRESENT_MS = 60_000

/** Whoever has the desk open is there; a failed word about it is said again a minute later. */
const usePresence = (): void => {
  useEffect(() => {
    const tell = () => call('comeToHotline', { body: {} }).catch(() => undefined)
    // The figures that were asked for meanwhile do not count whoever just came.
    void tell().then(() => queryClient.invalidateQueries({ queryKey: ['hotline', 'desk'] }))
    const timer = setInterval(() => void tell(), PRESENT_MS)
    return () => clearInterval(timer)
  }, [])
}

/** The desk of the hotline: the call, who calls, what is read out, answers, and the day. */
export default function HotlinePage() {
  const { t } = useTranslation()
  usePresence()
  const query = useQuery({
    queryKey: ['hotline', 'desk'],
    queryFn: () => call('getHotlineDesk', {}),
    refetchInterval: REFRESH_MS,
  })
  return (
    <>
      <PageHead
        title={t('hotline.title')}
        actions={<OpenButton to={pathTo('/hotline/policy')} words="hotlinePolicy.title" />}
      />
      <QueryView query={query}>{(desk) => <Desk desk={desk} />}</QueryView>
    </>
  )
}

const Desk = ({ desk }: { desk: HotlineDesk }) => {
  const { t } = useTranslation()
  const [caller, setCaller] = useState(0)
  const [phone, setPhone] = useState<string>()
  const [writing, setWriting] = useState(false)
  const another = () => {
    setCaller((before) => before + 1)
    setPhone(undefined)
  }
  return (
    <>
      <LastHour desk={desk} />
      <CallBar desk={desk} onOver={another} />
      <div className="hotline-columns">
        <div>
          <CallerPanel key={caller} onAnother={another} onPhone={setPhone} />
          <Button onClick={() => setWriting(true)}>{t('tickets.record')}</Button>
        </div>
        <KnowledgePanel policy={desk.policy} />
        <div>
          <LoadBar desk={desk} />
          <CallBacks />
          <DayPanel desk={desk} />
        </div>
      </div>
      <NewTicketDrawer
        key={`ticket-${caller}`}
        phone={phone}
        open={writing}
        onClose={() => setWriting(false)}
      />
    </>
  )
}
