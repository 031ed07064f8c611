import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { emptyBuffer, takeTyped, toSubmit } from './scanner-buffer.ts'

const isTypingElsewhere = (): boolean => {
  const active = document.activeElement
  return (
    active instanceof HTMLInputElement ||
    active instanceof HTMLSelectElement ||
    active instanceof HTMLTextAreaElement
  )
}

/**
 * Where hand scanners and keyboards type into. It takes the focus whenever no other field has it; `inputMode` none
 * keeps the phone's keyboard away. Enter or Tab submits.
 */
export const ScannerField = ({ onText }: { onText: (text: string) => void }) => {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const buffer = useRef(emptyBuffer)
  useEffect(() => {
    const refocus = (): void => {
      if (!isTypingElsewhere()) field.current?.focus({ preventScroll: true })
    }
    refocus()
    const timer = setInterval(refocus, 400)
    return () => clearInterval(timer)
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
