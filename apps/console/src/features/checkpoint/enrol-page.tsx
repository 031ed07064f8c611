import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { PlainHead } from '../sign-in/plain-head.tsx'
import { Refusal } from '../sign-in/refusal.tsx'
import { keepDevice } from './check-client.ts'

/** The code is behind `#`, which never reaches a server, and leaves the address bar and the history at once. */
const takeCode = (): string => {
  const code = decodeURIComponent(location.hash.slice(1))
  if (code !== '') history.replaceState(history.state, '', location.pathname)
  return code
}

/** A phone gets its next key by a code from the screen of its office. Nobody is signed in here. */
export default function EnrolPage() {
  const { t } = useTranslation()
  const [code] = useState(takeCode)
  const enrol = useMutation({
    mutationFn: () => call('reEnrolDevice', { body: { code } }),
    retry: false,
    onSuccess: keepDevice,
  })
  useEffect(() => {
    document.title = t('checkpoint.reEnrol.title')
  }, [t])
  return (
    <main className="sign-in">
      <section>
        <PlainHead title={t('checkpoint.reEnrol.title')} />
        {enrol.data ? (
          <div role="status" data-testid="re-enrolled">
            <p>
              {t('checkpoint.reEnrol.done', {
                point: `${enrol.data.point.venueName} ${enrol.data.point.pointName}`,
              })}
            </p>
            <a className="plain-button" href="/console/checkpoint">
              {t('checkpoint.reEnrol.begin')}
            </a>
          </div>
        ) : code === '' ? (
          <p>{t('checkpoint.reEnrol.noCode')}</p>
        ) : (
          <>
            <p>{t('checkpoint.reEnrol.ask')}</p>
            <Refusal error={enrol.error} />
            <button
              type="button"
              className="plain-button"
              disabled={enrol.isPending}
              onClick={() => enrol.mutate()}
            >
              {t('checkpoint.reEnrol.confirm')}
            </button>
          </>
        )}
      </section>
    </main>
  )
}
