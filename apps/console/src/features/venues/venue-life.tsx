import type { Venue } from '@jiankangbao/contracts/venue/schemas'
import { Button, Popconfirm, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import { Problem } from '../../ui/problem.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Suspend, resume and close, where state and role allow it. */
export const VenueLife = ({ venue }: { venue: Venue }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [asking, setAsking] = useState<'suspendVenue' | 'closeVenue'>()
  const params = { venueId: venue.venueId }
  const end = useAction({
    run: ({ operation, reason }: { operation: 'suspendVenue' | 'closeVenue'; reason: string }) =>
      call(operation, { params, body: { reason } }),
    refresh: [['venues']],
    done: t('app.action.done'),
    onDone: () => setAsking(undefined),
  })
  const resume = useAction({
    run: () => call('resumeVenue', { params }),
    refresh: [['venues']],
    done: t('venues.done.resumed'),
  })
  const canSuspend = venue.state === 'active' && may('suspendVenue')
  const canResume = venue.state === 'suspended' && may('resumeVenue')
  const canClose = venue.state !== 'closed' && may('closeVenue')
  if (!canSuspend && !canResume && !canClose) return null
  return (
    <section className="panel">
      <Problem error={resume.error} />
      <Space wrap>
        {canSuspend && <Button onClick={() => setAsking('suspendVenue')}>{t('venues.suspend')}</Button>}
        {canResume && (
          <Popconfirm
            title={t('venues.resumeConfirm')}
            okText={t('app.action.confirm')}
            cancelText={t('app.action.cancel')}
            onConfirm={() => resume.mutate(undefined)}
          >
            <Button loading={resume.isPending}>{t('venues.resume')}</Button>
          </Popconfirm>
        )}
        {canClose && (
          <Button danger onClick={() => setAsking('closeVenue')}>
            {t('venues.close')}
          </Button>
        )}
      </Space>
      <ReasonModal
        open={asking !== undefined}
        title={t(asking === 'closeVenue' ? 'venues.close' : 'venues.suspendTitle')}
        warning={t(asking === 'closeVenue' ? 'venues.closeWarn' : 'venues.suspendWarn')}
        danger={asking === 'closeVenue'}
        busy={end.isPending}
        error={end.error}
        onSubmit={(reason) => asking && end.mutate({ operation: asking, reason })}
        onClose={() => setAsking(undefined)}
      />
    </section>
  )
}
