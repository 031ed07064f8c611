import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { pathTo } from '../../path-to.ts'
import { PasswordForm } from './password-form.tsx'

/** Changing the own password by choice. */
export default function PasswordPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [changed, setChanged] = useState(false)
  if (!changed) return <PasswordForm forced={false} onChanged={() => setChanged(true)} />
  return (
    <div className="plain" role="status">
      <h1>{t('app.password.done')}</h1>
      <button type="button" className="plain-button" onClick={() => navigate(pathTo('/'))}>
        {t('app.state.home')}
      </button>
    </div>
  )
}
