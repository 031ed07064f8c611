import { type ReactNode, useEffect } from 'react'

/** The head of every page: one heading, also the window's title, and what can be done. */
export const PageHead = ({ title, actions }: { title: string; actions?: ReactNode }) => {
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {actions && <div className="page-actions">{actions}</div>}
    </div>
  )
}
