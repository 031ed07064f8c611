import type { OwnTestRound } from '@jiankangbao/contracts/round/schemas'
import { ROUND_GROUNDS, type RoundGround } from '@jiankangbao/domain/testing/round'
import { useState } from 'react'
import { useDeed } from '../../state/use-deed.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

const MOST_LETTERS = 200

interface WhyNotProps {
  round: OwnTestRound
  /** Once it is said. */
  onSaid: () => void
}

const WhyForm = ({ round, onSaid }: WhyNotProps) => {
  const [ground, setGround] = useState<RoundGround | undefined>(round.statement?.reason)
  const [text, setText] = useState(round.statement?.note ?? '')
  const [missing, setMissing] = useState(false)
  const deed = useDeed()
  const send = async (): Promise<void> => {
    if (ground === undefined) return setMissing(true)
    await deed.run(async () => {
      const { roundId, memberId } = round
      const more = text.trim()
      await api.call('stateForTestRound', {
        params: { roundId },
        body: {
          reason: ground,
          ...(memberId ? { memberId } : {}),
          ...(more.length > 1 ? { note: more } : {}),
        },
      })
      onSaid()
    })
  }
  return (
    <div className="stack" data-testid="why-not">
      <p className="small">{say('testing.sayWhyLead')}</p>
      <Choice
        label={say('testing.sayWhyTitle')}
        value={ground}
        options={ROUND_GROUNDS.map((value) => ({ value, text: say(`testing.ground.${value}`) }))}
        onChange={setGround}
        error={missing && ground === undefined ? say('reasons.required') : undefined}
      />
      <TextArea
        id={`why-${round.roundId}`}
        label={say('testing.sayWhyText')}
        value={text}
        onChange={setText}
        maxLength={MOST_LETTERS}
      />
      <Failure error={deed.error} />
      <Button onClick={() => void send()} busy={deed.busy}>
        {say('testing.sayWhySend')}
      </Button>
    </div>
  )
}

/** Whoever a round asks for and who can not come says why; the community decides. */
export const WhyNot = ({ round, onSaid }: WhyNotProps) => {
  const [open, setOpen] = useState(false)
  if (round.state !== 'to_come' && round.state !== 'missed') return null
  const { statement } = round
  return (
    <>
      {statement && !open && (
        <p className="small" data-testid="said-why">
          {say('testing.saidWhy', {
            ground: say(`testing.ground.${statement.reason}`),
            at: momentText(statement.saidAt),
          })}
        </p>
      )}
      {open ? (
        <WhyForm
          round={round}
          onSaid={() => {
            setOpen(false)
            onSaid()
          }}
        />
      ) : (
        <Button kind="quiet" onClick={() => setOpen(true)}>
          {say('testing.sayWhy')}
        </Button>
      )}
    </>
  )
}
