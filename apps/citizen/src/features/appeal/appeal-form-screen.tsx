import { goTo } from '../../platform/navigate.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say, sayCategory, sayCode } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { isCode } from '../session/is-code.ts'
import './appeal.css'
import {
  emptyStatement,
  SEND_MS,
  StatementFields,
  statementBody,
  statementFaults,
  useStatementForm,
} from './statement-form.tsx'

const LEAST_CHARACTERS = 10

/** What the rules call the reason. */
const loadTitle = async (category: string, memberId: string | undefined) => {
  const { reasons } = await api.call('getPass', { query: memberId === undefined ? {} : { memberId } })
  return reasons.find((reason) => reason.category === category)?.title
}

const isOpenAlready = (error: unknown): boolean =>
  isCode(error, 'STATE_CONFLICT') && error.fields.some(({ reason }) => reason === 'open_appeal')

const AppealForm = () => {
  const { category = '', member } = useScreenParams('appeal')
  const title = useRemote(() => loadTitle(category, member))
  const form = useStatementForm({
    name: `appeal ${category} ${member ?? ''}`,
    empty: emptyStatement,
    findFaults: (value) => statementFaults(value, LEAST_CHARACTERS),
    send: (value, requestId, pictures) => {
      const body = {
        ...statementBody(value, requestId, pictures),
        category,
        ...(member ? { memberId: member } : {}),
      }
      return api.call('submitAppeal', { body }, { timeoutMs: SEND_MS })
    },
    doneAt: 'appeals',
  })
  const { error, fault } = form
  const open = isOpenAlready(error)
  return (
    <div className="card stack">
      <p className="lead">{say('appeal.lead')}</p>
      {/* Its line is there from the beginning: a form that moves loses the tap that meets it. */}
      {title.loading ? (
        <p className="card-title" aria-hidden="true">
          {'\u00a0'}
        </p>
      ) : (
        <h2 className="card-title">{say('appeal.against', { reason: sayCategory(title.value) })}</h2>
      )}
      <StatementFields of="appeal" form={form} />
      {fault('category') !== undefined && <Message kind="wrong">{fault('category')}</Message>}
      {open && (
        <Message kind="wrong">
          {sayCode('reasons', 'open_appeal')}{' '}
          <Button kind="link" onClick={() => goTo('appeals')}>
            {say('appeal.list')}
          </Button>
        </Message>
      )}
      {!open && <Failure error={error} />}
      <Button busy={form.busy} onClick={() => void form.submit()}>
        {say('appeal.submit')}
      </Button>
      <p className="small">{say('appeal.kept')}</p>
    </div>
  )
}

/** An objection to one reason of a colour. */
export const AppealFormScreen = () => {
  const open = useGate('appeal')
  return <Screen name="appeal">{open && <AppealForm />}</Screen>
}
