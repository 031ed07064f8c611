import { ApiError } from '@jiankangbao/api-client/client'
import type { ProvincialCode } from '@jiankangbao/contracts/provincial/schemas'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Field } from '../../ui/field.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

const faultOf = (error: unknown, field: string): string | undefined =>
  error instanceof ApiError && error.fields?.some((one) => one.field === field)
    ? say(field === 'name' ? 'otherCodes.nameWrong' : 'otherCodes.numberWrong')
    : undefined

/** Name and document number once more, for the province to renew what it holds. Nothing typed is kept on the phone. */
export const IdentityForm = ({
  memberId,
  onDone,
}: {
  memberId: string | undefined
  onDone: (code: ProvincialCode) => void
}) => {
  const [name, setName] = useState('')
  const [documentNumber, setDocumentNumber] = useState('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const isFieldFault = faultOf(error, 'name') ?? faultOf(error, 'documentNumber')
  const send = () => {
    setBusy(true)
    setError(undefined)
    api
      .call('updateIdentity', {
        body: { ...(memberId === undefined ? {} : { memberId }), name, documentNumber },
      })
      .then(onDone, setError)
      .then(() => setBusy(false))
  }
  return (
    <div className="stack" data-testid="identity-form">
      <Field
        id="update-name"
        label={say('otherCodes.name')}
        value={name}
        onChange={setName}
        error={faultOf(error, 'name')}
      />
      <Field
        id="update-number"
        label={say('otherCodes.number')}
        value={documentNumber}
        onChange={setDocumentNumber}
        onEnter={send}
        maxLength={60}
        hint={say('otherCodes.numberHint')}
        error={faultOf(error, 'documentNumber')}
      />
      {!isFieldFault && <Failure error={error} />}
      <Button onClick={send} busy={busy} disabled={name.trim() === '' || documentNumber.trim().length < 4}>
        {say('otherCodes.update')}
      </Button>
    </div>
  )
}
