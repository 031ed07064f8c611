import type { OpenedFollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { Alert, Button, Drawer, Form, Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useAction } from '../../ui/use-action.ts'
import { lastDayOf } from './columns.tsx'

/** Everything that was done for one person; not without a purpose. */
export const Details = ({ followUpId, onClose }: { followUpId: string; onClose: () => void }) => {
  const { t } = useTranslation()
  const opening = useAction({
    run: (purpose: string) => call('openFollowUp', { params: { followUpId }, body: { purpose } }),
    refresh: [],
  })
  return (
    <Drawer open title={opening.data?.nameMasked ?? t('followUps.open')} onClose={onClose} size={520}>
      {opening.data ? (
        <History opened={opening.data} />
      ) : (
        <Form<{ purpose: string }> layout="vertical" onFinish={({ purpose }) => opening.mutate(purpose)}>
          <Alert type="info" title={t('followUps.openHint')} style={{ marginBottom: 16 }} />
          <PurposeField />
          <Problem error={opening.error} />
          <Button type="primary" htmlType="submit" loading={opening.isPending}>
            {t('followUps.open')}
          </Button>
        </Form>
      )}
    </Drawer>
  )
}

const History = ({ opened }: { opened: OpenedFollowUp }) => {
  const { t } = useTranslation()
  return (
    <div data-testid="follow-up-history">
      <h3>{t('followUps.history')}</h3>
      <Timeline
        items={opened.history.map((line) => ({
          content: (
            <>
              <div className="quiet small">
                {formatInstant(line.at)}{' '}
                {line.by ? `${line.organisation} ${line.by}` : t('followUps.byItself')}
              </div>
              <Line line={line} />
            </>
          ),
        }))}
      />
    </div>
  )
}

const Line = ({ line }: { line: OpenedFollowUp['history'][number] }) => {
  const { t } = useTranslation()
  const { event, look, cause, categories = [], state, division, note, endedBefore, endsNow } = line
  const said = [
    t(`followUps.events.${event}`),
    ...(look ? [t(`followUps.looks.${look}`)] : []),
    ...(state ? [t(`followUps.states.${state}`)] : []),
    ...(cause ? [t(`followUps.causes.${cause}`)] : []),
    ...(division ? [division] : []),
    ...categories.map((category) => wordCategory(t, category)),
  ]
  return (
    <>
      {said.join(' · ')}
      {(endedBefore ?? endsNow) && (
        <div className="small">
          {endedBefore
            ? t('followUps.ends', { from: lastDayOf(endedBefore), to: endsNow ? lastDayOf(endsNow) : '—' })
            : t('followUps.until', { on: lastDayOf(endsNow ?? '') })}
        </div>
      )}
      {note && <div style={{ whiteSpace: 'pre-wrap' }}>{note}</div>}
    </>
  )
}
