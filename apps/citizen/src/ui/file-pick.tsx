import { useRef } from 'react'
import { Button } from './button.tsx'

interface FilePickProps {
  label: string
  onPick: (file: File) => void
  capture?: 'user' | 'environment'
  disabled?: boolean
}

/** A button that takes or chooses a photo in a browser. */
export const FilePick = ({ label, onPick, capture, disabled = false }: FilePickProps) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div>
      <input
        ref={input}
        className="out-of-sight"
        type="file"
        accept="image/*"
        capture={capture}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onPick(file)
        }}
      />
      <Button kind="quiet" disabled={disabled} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </div>
  )
}
