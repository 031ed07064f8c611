import type { FollowUp, FollowUpRows } from '@jiankangbao/contracts/follow-up/schemas'
import { LOOKS, type Look } from '@jiankangbao/domain/vocabulary/follow-ups'
import { Button, Input, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { OfferMany } from './offer-many.tsx'
import { Outcome } from './outcome.tsx'

/** As many as one act may be about. */
const MOST = 200

interface Props {
  /** As the page showed them when they were chosen: one that somebody else changed since is left as it is. */
  chosen: readonly FollowUp[]
  onDone: () => void
}

/** Acts on many at once: the same look and note, or a hand-over. Afterwards it says row by row what was left and why. */
export const ManyActs = ({ chosen, onDone }: Props) => {
  const [outcome, setOutcome] = useState<{ answer: FollowUpRows; people: readonly FollowUp[] }>()
  const finish = (answer: FollowUpRows) => {
    setOutcome({ answer, people: chosen })
    onDone()
  }
  return (
    <>
      {outcome && <Outcome {...outcome} onClose={() => setOutcome(undefined)} />}
      {chosen.length > 0 && <ManyPanel chosen={chosen} onAnswer={finish} />}
    </>
  )
}

const ManyPanel = ({
  chosen,
  onAnswer,
}: {
  chosen: readonly FollowUp[]
  onAnswer: (a: FollowUpRows) => void
}) => {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const marking = useAction({
    run: (look: Look) =>
      call('markFollowUps', {
        body: {
          requestId: crypto.randomUUID(),
          followUpIds: chosen.map(({ followUpId }) => followUpId),
          look,
          ...(note.trim() ? { note: note.trim() } : {}),
        },
      }),
    refresh: [['follow-ups']],
    onDone: (rows) => {
      setNote('')
      onAnswer(rows)
    },
  })
  const tooMany = chosen.length > MOST
  return (
    <div className="panel" data-testid="many-acts">
      <Space wrap>
        <strong>{t('followUps.chosen', { count: chosen.length })}</strong>
        {tooMany && t('followUps.tooMany', { most: MOST })}
        <Input
          value={note}
          onChange={({ target }) => setNote(target.value)}
          maxLength={500}
          style={{ width: 240 }}
          placeholder={t('followUps.note')}
          aria-label={t('followUps.note')}
        />
        {LOOKS.map((look) => (
          <Button
            key={look}
            disabled={tooMany}
            loading={marking.isPending && marking.variables === look}
            onClick={() => marking.mutate(look)}
          >
            {t(`followUps.looks.${look}`)}
          </Button>
        ))}
        {!tooMany && <OfferMany chosen={chosen} note={note.trim()} onAnswer={onAnswer} />}
      </Space>
      <Problem error={marking.error} />
    </div>
  )
}
