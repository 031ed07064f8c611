import type { ReactNode } from 'react'

interface MessageProps {
  kind: 'info' | 'good' | 'wrong' | 'busy' | 'network'
  children: ReactNode
}

const marks = { info: 'ℹ', good: '✓', wrong: '⚠', busy: '…', network: '⇅' } as const

/** A message inside a screen; read out when it appears. */
export const Message = ({ kind, children }: MessageProps) => (
  <div className={`message message-${kind}`} role={kind === 'wrong' ? 'alert' : 'status'}>
    <span className="message-mark" aria-hidden="true">
      {marks[kind]}
    </span>
    <div className="message-text">{children}</div>
  </div>
)
