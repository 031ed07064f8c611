import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../api/client.ts'
import { reportSessionBack, useSessionLost } from '../../api/session-loss.ts'
import { SignInForm } from '../sign-in/sign-in-form.tsx'

/** A session that ended does not throw anybody out of a scan: a bar says so, the sign-in opens on a tap. */
export const SignInAgain = ({ onBack }: { onBack: () => void }) => {
  const { t } = useTranslation()
  const lost = useSessionLost()
  const [open, setOpen] = useState(false)
  if (!lost) return null
  if (!open)
    return (
      <div className="cp-lost" role="alert">
        <span>{t('checkpoint.signInNeeded')}</span>
        <button type="button" className="cp-button" onClick={() => setOpen(true)}>
          {t('checkpoint.signIn')}
        </button>
      </div>
    )
  return (
    <div className="sign-in-over">
      <SignInForm
        again
        onSignedIn={(me) => {
          queryClient.setQueryData(['me'], me)
          setOpen(false)
          reportSessionBack()
          onBack()
        }}
      />
    </div>
  )
}
