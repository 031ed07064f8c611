import type { Correction } from '@jiankangbao/contracts/correction/schemas'
import { useRemote } from '../../state/use-remote.ts'
import { Failure } from '../../ui/failure.tsx'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

const dataText = (data: Correction['before']) =>
  [
    data.nameMasked,
    say(`identity.type.${data.documentType}`),
    data.documentNumberMasked,
    data.birthMasked ?? '',
    data.phoneMasked ?? '',
  ]
    .filter((text) => text !== '')
    .join(' ')

/** What was put right about the account holder and their family, or waits for a second person: before and after, masked. */
export const Corrections = () => {
  const list = useRemote(() => api.call('listMyCorrections', {}))
  const corrections = list.value?.corrections ?? []
  if (list.error !== undefined) return <Failure error={list.error} onRetry={list.reload} />
  if (corrections.length === 0) return null
  return (
    <section className="card stack" aria-label={say('ticket.corrections')}>
      <h2 className="card-title">{say('ticket.corrections')}</h2>
      {corrections.map((each) => (
        <div key={each.correctionId} data-testid="correction" data-state={each.state}>
          <p className="timeline-title">
            {each.fields.map((field) => say(`ticket.correctedFields.${field}`)).join(' · ')} ·{' '}
            {say(`ticket.correctionStates.${each.state}`)}
          </p>
          <p className="small">
            {each.memberMasked !== undefined &&
              `${say('ticket.correctionOf', { name: each.memberMasked })} · `}
            {momentText(each.decidedAt ?? each.madeAt)}
          </p>
          <p>{say('ticket.before', { data: dataText(each.before) })}</p>
          <p>{say('ticket.after', { data: dataText(each.after) })}</p>
        </div>
      ))}
    </section>
  )
}
