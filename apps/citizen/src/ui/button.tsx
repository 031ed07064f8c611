import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface ButtonProps {
  children: ReactNode
  onClick: () => void
  kind?: 'main' | 'quiet' | 'danger' | 'link'
  disabled?: boolean
  busy?: boolean
  label?: string
  id?: string
}

/** A button; while `busy` it keeps its place and does nothing. */
export const Button = ({ children, onClick, kind = 'main', disabled, busy, label, id }: ButtonProps) => (
  <button
    type="button"
    id={id}
    className={classNames('button', `button-${kind}`, busy && 'button-busy', disabled && 'button-off')}
    disabled={disabled ?? false}
    aria-busy={busy ?? false}
    aria-label={label}
    onClick={() => {
      if (!busy && !disabled) onClick()
    }}
  >
    {children}
  </button>
)
