import type { ConsentMeans, Relation } from '@jiankangbao/contracts/member/schemas'
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
  isMinor,
} from '../identity/document-values.ts'
import { IdentityFields } from '../identity/identity-fields.tsx'
import { FaceStep } from '../registration/face-step.tsx'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { isCode } from '../session/is-code.ts'

const relations: readonly Relation[] = ['parent', 'grandparent', 'child', 'spouse', 'ward', 'other']
// Both ways are always there: which of them is right would say whether the person has a phone.
const adultMeans: readonly ConsentMeans[] = ['own_phone', 'face']
const minorMeans: readonly ConsentMeans[] = ['guardian', 'own_phone']

const empty = { ...emptyIdentity, relation: '', consentMeans: '', requestId: '' }

/** A new family member, who agrees on their own phone, by their face, or by a guardian. The draft survives a reload, and the same request id a repeat. */
export const MemberAddScreen = () => {
  const open = useGate('member-add')
  const { value, change, drop } = useDraft('member-add', empty)
  const [faults, setFaults] = useState<IdentityFaults & { relation?: string; consentMeans?: string }>({})
  const [facing, setFacing] = useState(false)
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  const minor = isMinor(value)
  const means = minor ? minorMeans : adultMeans
  const consentMeans = means.find((each) => each === value.consentMeans)

  const edit = (part: Partial<typeof empty>) => {
    setFaults({})
    setFacing(false)
    change({ ...part, requestId: '' })
  }
  const isComplete = (): boolean => {
    const found: typeof faults = identityFaults(value)
    if (value.relation === '') found.relation = 'choose'
    if (consentMeans === undefined) found.consentMeans = 'choose'
    setFaults(found)
    if (Object.keys(found).length === 0) return true
    focusFirstWrong()
    return false
  }
  const add = async (faceCheckId?: string) => {
    if (!isComplete() || consentMeans === undefined) return
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
          consentMeans,
          ...(faceCheckId === undefined ? {} : { faceCheckId }),
        },
      })
      drop()
      replaceWith('family')
    } catch (refusal) {
      setError(refusal)
      setFacing(false)
      if (isCode(refusal, 'VALIDATION_FAILED') || isCode(refusal, 'STATE_CONFLICT')) {
        const told: Record<string, string> = {}
        for (const { field, reason } of refusal.fields) told[field] = reason
        setFaults(told)
      }
    } finally {
      setBusy(false)
    }
  }
  const goOn = () => {
    if (consentMeans !== 'face') return add()
    setError(undefined)
    if (isComplete()) setFacing(true)
  }
  const faultText = (reason: string | undefined) =>
    reason === undefined ? undefined : sayCode('reasons', reason)
  const goOnText =
    consentMeans === 'face' ? 'family.toFace' : consentMeans === 'own_phone' ? 'family.ask' : 'family.submit'
  return (
    <Screen name="member-add">
      {open && facing && (
        <div className="card stack">
          <h2 className="card-title">{say('family.faceTitle', { name: value.name })}</h2>
          <FaceStep identity={identityBody(value)} onPass={(faceCheckId) => void add(faceCheckId)} />
          <Button kind="link" disabled={busy} onClick={() => setFacing(false)}>
            {say('action.back')}
          </Button>
        </div>
      )}
      {open && !facing && (
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
            value={consentMeans}
            options={means.map((each) => ({ value: each, text: say(`family.consents.${each}`) }))}
            onChange={(chosen) => edit({ consentMeans: chosen })}
            error={faultText(faults.consentMeans)}
          />
          <p className="small">{say(minor ? 'family.consentMinor' : 'family.consentHint')}</p>
          {consentMeans === 'own_phone' && <p className="small">{say('family.nameShown')}</p>}
          <Failure error={error} />
          <Button onClick={goOn} busy={busy}>
            {say(goOnText)}
          </Button>
        </div>
      )}
    </Screen>
  )
}
