import type { Keyboard } from './keyboards.ts'

const modes = { text: 'text', tel: 'tel', number: 'numeric', decimal: 'decimal', idcard: 'text' } as const

/**
 * How a field asks for its keyboard. A browser's `type="number"` takes letters, loses leading zeros and turns a number by
 * the wheel of a mouse: the keyboard comes from `inputMode`.
 */
export const keyboardOf = (
  keyboard: Keyboard,
): { type: string; inputMode: 'text' | 'tel' | 'numeric' | 'decimal' } => ({
  type: keyboard === 'tel' ? 'tel' : 'text',
  inputMode: modes[keyboard],
})

/** Whether the keyboard for phone numbers has a +. */
export const hasPlus = true
