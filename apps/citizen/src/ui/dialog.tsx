import { type ReactNode, useEffect } from 'react'
import { focusHeading, onEscape } from '../platform/page-look.ts'
import { say } from '../words/words.ts'
import { Button } from './button.tsx'

interface DialogProps {
  title: string
  children?: ReactNode
  confirm: string
  onConfirm: () => void
  onCancel: () => void
  busy?: boolean
}

/** Asks before something that cannot be undone. */
export const Dialog = ({ title, children, confirm, onConfirm, onCancel, busy }: DialogProps) => {
  useEffect(() => focusHeading('dialog-title'), [])
  useEffect(() => onEscape(onCancel), [onCancel])
  return (
    <div className="dialog-shade">
      <div className="dialog" role="alertdialog" aria-modal="true" aria-labelledby="dialog-title">
        <h2 className="dialog-title" id="dialog-title" tabIndex={-1}>
          {title}
        </h2>
        <div className="dialog-text">{children}</div>
        <div className="dialog-actions">
          <Button kind="quiet" onClick={onCancel}>
            {say('action.cancel')}
          </Button>
          <Button kind="danger" onClick={onConfirm} busy={busy ?? false}>
            {confirm}
          </Button>
        </div>
      </div>
    </div>
  )
}
