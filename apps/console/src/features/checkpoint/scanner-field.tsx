import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { emptyBuffer, takeTyped, toSubmit } from './scanner-buffer.ts'

const isField = (element: Element | null): boolean =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLSelectElement ||
  element instanceof HTMLTextAreaElement

// The space bar presses buttons; everything else that prints is scanned or typed.
const isTyped = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey

/**
 * Where hand scanners and keyboards type into. It has the focus whenever nothing else has it, and takes it at the
 * first character typed while a button has it, so that buttons still work by keyboard. `inputMode` none keeps the
 * phone's keyboard away. Enter or Tab submits.
 */
export const ScannerField = ({ onText }: { onText: (text: string) => void }) => {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const buffer = useRef(emptyBuffer)
  useEffect(() => {
    const take = (): void => field.current?.focus({ preventScroll: true })
    const takeIdle = (): void => {
      if (document.activeElement === null || document.activeElement === document.body) take()
    }
    const takeTypedKey = (event: KeyboardEvent): void => {
      if (!isField(document.activeElement) && isTyped(event)) take()
    }
    takeIdle()
    const timer = setInterval(takeIdle, 400)
    window.addEventListener('keydown', takeTypedKey, true)
    return () => {
      clearInterval(timer)
      window.removeEventListener('keydown', takeTypedKey, true)
    }
  }, [])
  const submit = (): void => {
    const text = toSubmit(buffer.current)
    buffer.current = emptyBuffer
    if (field.current) field.current.value = ''
    if (text) onText(text)
  }
  return (
    <input
      ref={field}
      className="cp-scanner"
      data-testid="scanner-input"
      aria-label={t('checkpoint.scannerReady')}
      inputMode="none"
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      spellCheck={false}
      onChange={(event) => {
        buffer.current = takeTyped(buffer.current, event.target.value, Date.now())
        event.target.value = buffer.current.text
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && !(event.key === 'Tab' && buffer.current.text !== '')) return
        event.preventDefault()
        submit()
      }}
    />
  )
}
