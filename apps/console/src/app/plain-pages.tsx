import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { pathTo } from '../path-to.ts'

/** Shown while a part of the console loads. */
export const LoadingPage = () => {
  const { t } = useTranslation()
  return (
    <main className="plain" aria-busy="true">
      <span className="plain-spinner" aria-hidden="true" />
      <p role="status">{t('app.state.loading')}</p>
    </main>
  )
}

const Message = ({ words, reload = false }: { words: string; reload?: boolean }) => {
  const { t } = useTranslation()
  const title = t(`app.state.${words}Title`)
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <div className="plain">
      <h1>{title}</h1>
      <p>{t(`app.state.${words}Text`)}</p>
      {reload ? (
        <button type="button" className="plain-button" onClick={() => location.reload()}>
          {t('app.state.reload')}
        </button>
      ) : (
        <Link className="plain-button" to={pathTo('/')}>
          {t('app.state.home')}
        </Link>
      )}
    </div>
  )
}

export const NotFoundPage = () => <Message words="notFound" />
export const NoAccessPage = () => <Message words="noAccess" />
/** The page threw. Drafts live in storage, so loading anew loses nothing. */
export const BrokenPage = () => <Message words="broken" reload />
