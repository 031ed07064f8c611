import type { VisitRecorded } from '@jiankangbao/contracts/visit/schemas'
import { useEffect, useState } from 'react'
import { makeRequestId } from '../../platform/random-id.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { say } from '../../words/words.ts'
import type { IdentityValues } from '../identity/document-values.ts'
import { type Company, lastFamily, type Relative, visitBody } from './company.ts'
import { DoorForm } from './door-form.tsx'
import { keptText } from './kept-text.ts'
import { useKeptSending, useRecording } from './use-recording.ts'

interface OthersHereProps {
  code: string
  /** Members who are on the result already and were there. */
  present: readonly string[]
  onAdded: (scanId: string, recorded: VisitRecorded) => void
}

const named = ({ nameMasked, relation }: Relative): string =>
  say('door.named', { name: nameMasked, who: say(`family.relations.${relation}`) })

/** The family last along, each added by one tap; everybody else by the form. A scan of its own, for the others alone. */
export const OthersHere = ({ code, present, onAdded }: OthersHereProps) => {
  const [open, setOpen] = useState(false)
  const { recording, record, sendKept } = useRecording(false)
  useKeptSending(recording.state === 'kept', sendKept)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer
  useEffect(() => {
    if (recording.state !== 'recorded') return
    onAdded(recording.requestId, recording.recorded)
    setOpen(false)
  }, [recording])
  const add = (company: Company, companions: IdentityValues[] = []) =>
    void record(
      visitBody(
        { requestId: makeRequestId(), code, scannedAt: new Date().toISOString() },
        company,
        companions,
      ),
    )
  const busy = recording.state === 'sending' || recording.state === 'waiting'
  const offered = lastFamily().filter(({ memberId }) => !present.includes(memberId))
  return (
    <div className="stack" data-testid="others-here">
      {recording.state === 'refused' && <Failure error={recording.error} />}
      {recording.state === 'kept' && <Message kind="network">{keptText(recording.keeping)}</Message>}
      {!open && offered.length > 0 && (
        <section className="card stack" aria-label={say('door.offer')} data-testid="offer">
          <h3 className="card-title">{say('door.offer')}</h3>
          {offered.length > 1 && (
            <Button
              busy={busy}
              onClick={() => add({ self: false, memberIds: offered.map(({ memberId }) => memberId) })}
            >
              ＋ {say('door.offerAll', { count: offered.length })}
            </Button>
          )}
          {offered.map((relative) => (
            <Button
              key={relative.memberId}
              kind="quiet"
              busy={busy}
              onClick={() => add({ self: false, memberIds: [relative.memberId] })}
            >
              ＋ {say('door.offerOne', { name: named(relative) })}
            </Button>
          ))}
        </section>
      )}
      {open ? (
        <DoorForm
          othersOnly
          code={code}
          present={present}
          busy={busy}
          onSubmit={add}
          onCancel={() => setOpen(false)}
        />
      ) : (
        <Button kind="quiet" onClick={() => setOpen(true)}>
          {say('door.others')}
        </Button>
      )}
    </div>
  )
}
