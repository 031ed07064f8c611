import { useState } from 'react'
import { focusFirstWrong } from '../../platform/page-look.ts'
import { useDraft } from '../../state/use-draft.ts'
import {
  emptyIdentity,
  type IdentityFaults,
  identityBody,
  identityFaults,
} from '../identity/document-values.ts'
import { api, renewSessionNow } from '../session/api.ts'
import { loadClientConfig } from '../session/client-config.ts'
import { isCode } from '../session/is-code.ts'
import { markRegistered } from '../session/session.ts'
import { goOn } from './go-on.ts'

export type RegistrationStep = 'person' | 'consent' | 'face' | 'done'

const RENEWAL_PATIENCE_MS = 3000

const serverFaults = (error: unknown): IdentityFaults => {
  const faults: IdentityFaults = {}
  if (!isCode(error, 'VALIDATION_FAILED')) return faults
  for (const { field, reason } of error.fields)
    if (field in emptyIdentity) faults[field as keyof IdentityFaults] = reason
  return faults
}

/** To the door the person came for, or home. */
export const leaveRegistration = (): void => goOn('registered')

/** The three steps. Every refusal leads to the step where it can be mended; nothing typed is lost. */
export const useRegistrationForm = () => {
  const draft = useDraft('register', emptyIdentity)
  const [step, setStep] = useState<RegistrationStep>('person')
  const [faults, setFaults] = useState<IdentityFaults>({})
  const [agreedVersion, setAgreedVersion] = useState<string>()
  const [faceCheckId, setFaceCheckId] = useState<string>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [takenOver, setTakenOver] = useState(false)

  const toConsent = () => {
    const found = identityFaults(draft.value)
    setFaults(found)
    if (Object.keys(found).length === 0) setStep('consent')
    else focusFirstWrong()
  }

  const finish = async (wasTakenOver: boolean) => {
    markRegistered()
    // The token of before knows no person. Without answer the server looks the person up at every request instead.
    const patience = new Promise((done) => setTimeout(done, RENEWAL_PATIENCE_MS))
    await Promise.race([renewSessionNow().catch(() => undefined), patience])
    draft.drop()
    setTakenOver(wasTakenOver)
    setStep('done')
    if (!wasTakenOver) leaveRegistration()
  }

  const handleRefusal = async (refusal: unknown) => {
    if (isCode(refusal, 'ALREADY_REGISTERED')) return await finish(false)
    setError(refusal)
    if (isCode(refusal, 'CONSENT_OUTDATED')) {
      setAgreedVersion(undefined)
      setStep('consent')
      await loadClientConfig().catch(() => undefined)
    } else if (
      isCode(refusal, 'FACE_CHECK_FAILED', 'FACE_CHECK_REQUIRED', 'FACE_NOT_FOUND', 'IDENTITY_TAKEN')
    ) {
      setFaceCheckId(undefined)
    } else if (isCode(refusal, 'VALIDATION_FAILED', 'IDENTITY_MISMATCH')) {
      setFaults(serverFaults(refusal))
      setStep('person')
    }
  }

  const register = async (checkId: string) => {
    if (agreedVersion === undefined) return setStep('consent')
    setBusy(true)
    setError(undefined)
    try {
      const { takenOver: moved } = await api.call('register', {
        body: { ...identityBody(draft.value), faceCheckId: checkId, consentVersion: agreedVersion },
      })
      await finish(moved)
    } catch (refusal) {
      await handleRefusal(refusal)
    } finally {
      setBusy(false)
    }
  }

  return {
    values: draft.value,
    /** As the server takes it, for the face check. */
    identity: identityBody(draft.value),
    change: (part: Partial<typeof draft.value>) => {
      setFaults({})
      // A face check is for the name and the number that were there.
      setFaceCheckId(undefined)
      draft.change(part)
    },
    step,
    setStep: (next: RegistrationStep) => {
      setError(undefined)
      setStep(next)
    },
    faults,
    toConsent,
    agreedVersion,
    setAgreedVersion,
    faceCheckId,
    passFace: (checkId: string) => {
      setFaceCheckId(checkId)
      void register(checkId)
    },
    register,
    error,
    busy,
    takenOver,
  }
}
