import type { TextWave } from '@jiankangbao/contracts/announcement/schemas'
import { Button, Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

/** The wave of text messages of a release: how far it is, and the way to stop it where it is. */
export const TextWavePanel = ({ announcementId, wave }: { announcementId: string; wave: TextWave }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const stop = useAction({
    run: (reason: string) => call('stopAnnouncementTexts', { params: { announcementId }, body: { reason } }),
    refresh: [['announcements']],
    done: t('announcements.textsStopped'),
    onDone: () => setAsking(false),
  })
  const done = wave.sent + wave.failed
  return (
    <section className="panel" aria-label={t('announcements.texts')}>
      <h2>{t('announcements.texts')}</h2>
      <Progress
        percent={wave.total === 0 ? 100 : Math.floor((done / wave.total) * 100)}
        status={wave.state === 'running' ? 'active' : wave.state === 'done' ? 'success' : 'exception'}
      />
      <p data-testid="text-wave" data-state={wave.state}>
        {t(`announcements.waves.${wave.state}`)} ·{' '}
        {t('announcements.textsDone', { sent: wave.sent, failed: wave.failed, total: wave.total })}
        {wave.doneAt && ` · ${t('announcements.textsUntil', { at: formatInstant(wave.doneAt) })}`}
        {wave.stoppedBy && ` · ${wave.stoppedBy} · ${wave.stopReason ?? ''}`}
      </p>
      {wave.state === 'running' && may('stopAnnouncementTexts') && (
        <Button danger onClick={() => setAsking(true)}>
          {t('announcements.stopTexts')}
        </Button>
      )}
      <ReasonModal
        open={asking}
        title={t('announcements.stopTexts')}
        danger
        busy={stop.isPending}
        error={stop.error}
        onSubmit={(reason) => stop.mutate(reason)}
        onClose={() => setAsking(false)}
      />
    </section>
  )
}
