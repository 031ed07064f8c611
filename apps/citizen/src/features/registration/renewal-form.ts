import type { OwnPerson } from '@jiankangbao/contracts/person/schemas'
import { useState } from 'react'
import { focusFirstWrong } from '../../platform/page-look.ts'
import { useDraft } from '../../state/use-draft.ts'
import {
  emptyIdentity,
  type IdentityFaults,
  type IdentityValues,
  identityBody,
  identityFaults,
} from '../identity/document-values.ts'
import { api } from '../session/api.ts'
import { isCode } from '../session/is-code.ts'

/** `office`: the document is filed under another person already, and an office compares the two. */
export type RenewalStep = 'document' | 'face' | 'done' | 'office'

const empty: IdentityValues = { ...emptyIdentity, documentType: 'passport' }

/** The new document, a face check of its holder, and what became of it. Nothing typed is lost by a refusal. */
export const useRenewalForm = (onDone: (person: OwnPerson) => void) => {
  const draft = useDraft('renew-document', empty)
  const [step, setStep] = useState<RenewalStep>('document')
  const [faults, setFaults] = useState<IdentityFaults>({})
  const [faceCheckId, setFaceCheckId] = useState<string>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)

  const end = (at: 'done' | 'office') => {
    draft.drop()
    setStep(at)
  }
  const handleRefusal = (refusal: unknown) => {
    if (isCode(refusal, 'STATE_CONFLICT')) return end('office')
    setError(refusal)
    if (isCode(refusal, 'FACE_CHECK_FAILED', 'FACE_CHECK_REQUIRED')) setFaceCheckId(undefined)
    if (!isCode(refusal, 'VALIDATION_FAILED', 'IDENTITY_MISMATCH')) return
    const told: Record<string, string> = {}
    if (isCode(refusal, 'VALIDATION_FAILED'))
      for (const { field, reason } of refusal.fields) told[field] = reason
    setFaults(told)
    setStep('document')
  }
  const renew = async (checkId: string) => {
    setFaceCheckId(checkId)
    setBusy(true)
    setError(undefined)
    try {
      const body = { ...identityBody(draft.value), faceCheckId: checkId }
      onDone(await api.call('renewDocument', { body }))
      end('done')
    } catch (refusal) {
      handleRefusal(refusal)
    } finally {
      setBusy(false)
    }
  }
  return {
    values: draft.value,
    identity: identityBody(draft.value),
    change: (part: Partial<IdentityValues>) => {
      setFaults({})
      setError(undefined)
      // A face check is for the name and the number that were there.
      setFaceCheckId(undefined)
      draft.change(part)
    },
    step,
    setStep: (next: RenewalStep) => {
      setError(undefined)
      setStep(next)
    },
    toFace: () => {
      const found = identityFaults(draft.value)
      setFaults(found)
      setError(undefined)
      if (Object.keys(found).length === 0) setStep('face')
      else focusFirstWrong()
    },
    faults,
    faceCheckId,
    renew,
    error,
    busy,
  }
}
