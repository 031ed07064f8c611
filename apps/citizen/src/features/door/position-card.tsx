import { useCallback, useEffect, useState } from 'react'
import { isPositionAllowed, readPosition } from '../../platform/position.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import type { Located } from './answers.ts'

interface PositionCardProps {
  /** The request id of the scan. */
  scanId: string
  located: Located | undefined
  onLocated: (located: Located) => void
}

/**
 * At doors that ask where the phone is: why, before the phone asks the person. The answer of the door is on the screen by
 * then and waits for nothing; who has allowed it once is not asked again.
 */
export const PositionCard = ({ scanId, located, onLocated }: PositionCardProps) => {
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
      const { presence } = await api.call('locateVisit', { params: { scanId }, body: told.position })
      onLocated(presence ? 'near' : 'far')
    } catch {
      setReason('failed')
    } finally {
      setBusy(false)
    }
  }, [scanId, onLocated])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each scan
  useEffect(() => {
    if (located === undefined) void isPositionAllowed().then((allowed) => (allowed ? locate() : undefined))
  }, [scanId])

  if (located === 'near') return <Message kind="good">{say('door.position.near')}</Message>
  // The line below the venue says it.
  if (located === 'far') return null
  if (located === 'untold') return <Message kind="info">{say('door.position.untold')}</Message>
  return (
    <section className="card stack" data-testid="position" aria-label={say('door.position.title')}>
      <h3 className="card-title">{say('door.position.title')}</h3>
      <p>{say('door.position.why')}</p>
      {reason && <Message kind="info">{say(`door.position.${reason}`)}</Message>}
      <Button busy={busy} onClick={() => void locate()}>
        {busy ? say('door.position.asking') : say('door.position.tell')}
      </Button>
      {!busy && (
        <Button kind="quiet" onClick={() => onLocated('untold')}>
          {say('door.position.skip')}
        </Button>
      )}
    </section>
  )
}
