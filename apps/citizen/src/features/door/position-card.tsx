import { useCallback, useEffect, useState } from 'react'
import { isPositionAllowed, readPosition } from '../../platform/position.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import type { AnswerGroup, Located } from './answers.ts'

interface PositionCardProps {
  /** What this door answered without knowing where the phone was: the scan and whoever was added to it. */
  groups: readonly AnswerGroup[]
  onLocated: (scanId: string, located: Located) => void
}

/**
 * At doors that ask where the phone is: why, before the phone asks the person. The answer of the door is on the screen by
 * then and waits for nothing; who has allowed it once is not asked again.
 */
export const PositionCard = ({ groups, onLocated }: PositionCardProps) => {
  const isUntold = groups.some(({ located }) => located === 'untold')
  const waiting = groups.filter(({ located }) => located === undefined).map(({ scanId }) => scanId)
  const waitingFor = isUntold ? '' : waiting.join()
  const [busy, setBusy] = useState(false)
  const [reason, setReason] = useState<'denied' | 'unsupported' | 'failed'>()
  const locate = useCallback(async () => {
    setBusy(true)
    setReason(undefined)
    try {
      const told = await readPosition()
      if (!told.ok) {
        setReason(told.reason === 'cancelled' ? 'denied' : told.reason)
        return
      }
      for (const scanId of waitingFor.split(',')) {
        const { presence } = await api.call('locateVisit', { params: { scanId }, body: told.position })
        onLocated(scanId, presence ? 'near' : 'far')
      }
    } catch {
      setReason('failed')
    } finally {
      setBusy(false)
    }
  }, [waitingFor, onLocated])
  const skip = () => {
    for (const scanId of waiting) onLocated(scanId, 'untold')
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each scan
  useEffect(() => {
    if (waitingFor !== '') void isPositionAllowed().then((allowed) => (allowed ? locate() : undefined))
  }, [waitingFor])

  if (isUntold) return <Message kind="info">{say('door.position.untold')}</Message>
  if (waitingFor === '')
    // Where the phone is far, the line below the venue says it.
    return groups.every(({ located }) => located === 'near') ? (
      <Message kind="good">{say('door.position.near')}</Message>
    ) : null
  return (
    <section className="card stack" data-testid="position" aria-label={say('door.position.title')}>
      <h3 className="card-title">{say('door.position.title')}</h3>
      <p>{say('door.position.why')}</p>
      {reason && <Message kind="info">{say(`door.position.${reason}`)}</Message>}
      <Button busy={busy} onClick={() => void locate()}>
        {busy ? say('door.position.asking') : say('door.position.tell')}
      </Button>
      {!busy && (
        <Button kind="quiet" onClick={skip}>
          {say('door.position.skip')}
        </Button>
      )}
    </section>
  )
}
