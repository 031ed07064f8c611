import type { OperationName } from '@jiankangbao/contracts/operations'
import { type ReactNode, useContext } from 'react'
import { Link } from 'react-router'
import { mayCall } from '../../api/access.ts'
import { SessionContext } from '../../api/session.ts'

export interface More {
  path: string
  /** Whoever may call this sees a link. */
  needs: OperationName
}

interface FigureProps {
  label: string
  value: number | undefined
  tone?: 'red' | 'yellow' | 'green' | undefined
  small?: boolean
  /** Beside the number: a share, or what it is compared with. */
  beside?: string | undefined
  to?: More | undefined
  testId?: string
}

const toText = (value: number): string => value.toLocaleString('en-US')

/** One number; a link for whoever may see more of it. A warning colour shows only where there is something. */
export const Figure = ({ label, value = 0, tone, small = false, beside, to, testId }: FigureProps) => {
  // A wall has nobody in front of it who is signed in: its numbers lead nowhere.
  const me = useContext(SessionContext)
  const toned = tone && (value > 0 || tone === 'green') ? ` board-${tone}` : ''
  const isLink = to !== undefined && me !== undefined && mayCall(me.roles, to.needs)
  const content = (
    <>
      <span className={`board-number${small ? ' board-small' : ''}${toned}`}>
        {toText(value)}
        {beside && <span className="board-beside">{beside}</span>}
      </span>
      <span className={`board-label${isLink ? ' board-linked' : ''}`}>{label}</span>
    </>
  )
  return isLink ? (
    <Link className="board-figure" to={to.path} data-testid={testId}>
      {content}
    </Link>
  ) : (
    <div className="board-figure" data-testid={testId}>
      {content}
    </div>
  )
}

interface PanelProps {
  title: string
  area: string
  /** Beside the title. */
  note?: string | undefined
  children: ReactNode
}

export const Panel = ({ title, area, note, children }: PanelProps) => (
  <section className="board-panel" style={{ gridArea: area }} aria-label={title}>
    <h2>
      {title}
      {note && <small className="board-note">{note}</small>}
    </h2>
    {children}
  </section>
)

/** A share of a whole as a bar, with its number. */
export const ShareBar = ({ label, part, whole }: { label: string; part: number; whole: number }) => {
  const share = whole > 0 ? Math.round((part / whole) * 100) : undefined
  return (
    <div className="board-share">
      <span className="board-label board-share-label">{label}</span>
      <span className="board-track">
        <span className="board-fill" style={{ width: `${share ?? 0}%` }} />
      </span>
      <span className="board-share-number">{share === undefined ? '—' : `${share}%`}</span>
    </div>
  )
}
