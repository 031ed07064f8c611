import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { emptyBuffer, isWholeCode, takeTyped, toSubmit } from './scanner-buffer.ts'

const WRITTEN_IN = new Set(['text', 'search', 'tel', 'number', 'password', 'email', 'url'])

// A choice, a button or a tick takes no text: a card reader types its digits past it.
const isField = (element: Element | null): boolean =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && WRITTEN_IN.has(element.type))

// The space bar presses buttons; everything else that prints is scanned or typed.
const isTyped = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey

interface Props {
  onText: (text: string) => void
  /** The keyboard's way to tap an answer away. */
  onEscape: () => void
}

// A scanner types a code within a fraction of a second; a hand does not end in the middle of one that is complete.
const SILENT_MS = 600

/**
 * Where hand scanners and keyboards type into. It has the focus whenever nothing else has it, and takes it at the
 * first character typed while a button has it, so that buttons still work by keyboard. `inputMode` none keeps the
 * phone's keyboard away. Enter or Tab submits, and so does silence after a whole code: some scanners end with
 * nothing, and an input method keeps the Enter for itself.
 */
export const ScannerField = ({ onText, onEscape }: Props) => {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const buffer = useRef(emptyBuffer)
  const silence = useRef<ReturnType<typeof setTimeout>>(undefined)
  const leave = useRef(onEscape)
  leave.current = onEscape
  useEffect(() => () => clearTimeout(silence.current), [])
  useEffect(() => {
    const take = (): void => field.current?.focus({ preventScroll: true })
    const takeIdle = (): void => {
      if (document.activeElement === null || document.activeElement === document.body) take()
    }
    const takeTypedKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') leave.current()
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
    clearTimeout(silence.current)
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
        // Rewriting it in the middle would tear apart what an input method is composing.
        if (event.target.value !== buffer.current.text) event.target.value = buffer.current.text
        clearTimeout(silence.current)
        silence.current = setTimeout(() => {
          if (isWholeCode(buffer.current.text)) submit()
        }, SILENT_MS)
      }}
      onKeyDown={(event) => {
        // The input method's own Enter: it writes what it composed, then silence submits it.
        if (event.nativeEvent.isComposing) return
        if (event.key !== 'Enter' && !(event.key === 'Tab' && buffer.current.text !== '')) return
        event.preventDefault()
        submit()
      }}
    />
  )
}
