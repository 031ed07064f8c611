import type { MemberRequest, Relation } from '@jiankangbao/contracts/member/schemas'
import { useState } from 'react'
import { replaceWith } from '../../platform/navigate.ts'
import { focusFirstWrong } from '../../platform/page-look.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useDraft } from '../../state/use-draft.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say, sayCode } from '../../words/words.ts'
import {
  emptyIdentity,
  type IdentityFaults,
  identityBody,
  identityFaults,
} from '../identity/document-values.ts'
import { IdentityFields } from '../identity/identity-fields.tsx'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { isCode } from '../session/is-code.ts'

type ConsentMeans = MemberRequest['consentMeans']
const relations: readonly Relation[] = ['parent', 'grandparent', 'child', 'spouse', 'ward', 'other']
const consents: readonly ConsentMeans[] = ['given_in_person', 'guardian', 'written']

const empty = { ...emptyIdentity, relation: '', consentMeans: '', requestId: '' }

/** A new family member; the draft survives a reload, and the same request id a repeat. */
export const MemberAddScreen = () => {
  const open = useGate('member-add')
  const { value, change, drop } = useDraft('member-add', empty)
  const [faults, setFaults] = useState<IdentityFaults & { relation?: string; consentMeans?: string }>({})
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  const edit = (part: Partial<typeof empty>) => {
    setFaults({})
    change({ ...part, requestId: '' })
  }
  const add = async () => {
    const found: typeof faults = identityFaults(value)
    if (value.relation === '') found.relation = 'choose'
    if (value.consentMeans === '') found.consentMeans = 'choose'
    setFaults(found)
    if (Object.keys(found).length > 0) return focusFirstWrong()
    const requestId = value.requestId || makeRequestId()
    change({ requestId })
    setBusy(true)
    setError(undefined)
    try {
      await api.call('addMember', {
        body: {
          requestId,
          ...identityBody(value),
          relation: value.relation as Relation,
          consentMeans: value.consentMeans as ConsentMeans,
        },
      })
      drop()
      replaceWith('family')
    } catch (refusal) {
      setError(refusal)
      change({ requestId: '' })
      if (isCode(refusal, 'VALIDATION_FAILED')) {
        const told: Record<string, string> = {}
        for (const { field, reason } of refusal.fields) told[field] = reason
        setFaults(told)
      }
    } finally {
      setBusy(false)
    }
  }
  const faultText = (reason: string | undefined) =>
    reason === undefined ? undefined : sayCode('reasons', reason)
  return (
    <Screen name="member-add">
      {open && (
        <div className="card stack">
          <IdentityFields prefix="member" values={value} onChange={edit} faults={faults} />
          <Choice
            layout="chips"
            label={say('family.relation')}
            value={value.relation as Relation}
            options={relations.map((relation) => ({
              value: relation,
              text: say(`family.relations.${relation}`),
            }))}
            onChange={(relation) => edit({ relation })}
            error={faultText(faults.relation)}
          />
          <Choice
            label={say('family.consent')}
            value={value.consentMeans as ConsentMeans}
            options={consents.map((means) => ({ value: means, text: say(`family.consents.${means}`) }))}
            onChange={(consentMeans) => edit({ consentMeans })}
            error={faultText(faults.consentMeans)}
          />
          <Failure error={error} />
          <Button onClick={add} busy={busy}>
            {say('family.submit')}
          </Button>
        </div>
      )}
    </Screen>
  )
}
