import type { FollowUpRows } from '@jiankangbao/contracts/follow-up/schemas'
import { LOOKS, type Look } from '@jiankangbao/domain/vocabulary/follow-ups'
import { Alert, Button, Input, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

/** The same look and note for many at once; afterwards it says row by row what was left and why. */
export const MarkMany = ({ chosen, onDone }: { chosen: string[]; onDone: () => void }) => {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const [answer, setAnswer] = useState<FollowUpRows>()
  const marking = useAction({
    run: (look: Look) =>
      call('markFollowUps', {
        body: {
          requestId: crypto.randomUUID(),
          followUpIds: chosen,
          look,
          ...(note.trim() ? { note: note.trim() } : {}),
        },
      }),
    refresh: [['follow-ups']],
    onDone: (rows) => {
      setAnswer(rows)
      setNote('')
      onDone()
    },
  })
  return (
    <>
      {answer && <Outcome answer={answer} onClose={() => setAnswer(undefined)} />}
      {chosen.length > 0 && (
        <div className="panel" data-testid="mark-many">
          <Space wrap>
            <strong>{t('followUps.chosen', { count: chosen.length })}</strong>
            <Input
              value={note}
              onChange={({ target }) => setNote(target.value)}
              maxLength={500}
              style={{ width: 240 }}
              placeholder={t('followUps.note')}
              aria-label={t('followUps.note')}
            />
            {LOOKS.map((look) => (
              <Button key={look} loading={marking.isPending} onClick={() => marking.mutate(look)}>
                {t(`followUps.looks.${look}`)}
              </Button>
            ))}
          </Space>
          <Problem error={marking.error} />
        </div>
      )}
    </>
  )
}

const Outcome = ({ answer, onClose }: { answer: FollowUpRows; onClose: () => void }) => {
  const { t } = useTranslation()
  const left = answer.rows.filter((row) => row.skipped)
  return (
    <Alert
      data-testid="mark-outcome"
      type={left.length > 0 ? 'warning' : 'success'}
      showIcon
      closable={{ onClose }}
      style={{ marginBottom: 16 }}
      title={[
        t('followUps.done', { count: answer.done }),
        ...(left.length > 0 ? [t('followUps.skipped', { count: left.length })] : []),
      ].join(t('app.comma'))}
      description={
        left.length > 0 && (
          <ul>
            {left.map(({ followUpId, skipped }) => (
              <li key={followUpId}>
                #{followUpId} {skipped && t(`followUps.skips.${skipped}`)}
              </li>
            ))}
          </ul>
        )
      }
    />
  )
}
