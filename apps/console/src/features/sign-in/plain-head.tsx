import type { ReactNode } from 'react'
import { useNextLanguage } from '../../locales/i18n.ts'

interface Props {
  id?: string
  title: string
  children?: ReactNode
}

/** Head of the forms before the console: what it is, and the way to the other language. */
export const PlainHead = ({ id, title, children }: Props) => {
  const next = useNextLanguage()
  return (
    <header>
      <img src="/console/icon.svg" width="44" height="44" alt="" />
      <div>
        <h1 id={id}>{title}</h1>
        {children}
      </div>
      <button type="button" className="plain-link" lang={next.tag} onClick={next.choose}>
        {next.name}
      </button>
    </header>
  )
}
