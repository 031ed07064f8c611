/** What is typed into a field. */
export type Keyboard = 'text' | 'tel' | 'number' | 'decimal' | 'idcard'

const types = { text: 'text', tel: 'number', number: 'number', decimal: 'digit', idcard: 'idcard' } as const

/**
 * How a field asks for its keyboard: WeChat and Alipay go by `type` alone and know `number` (digits), `digit` (with a
 * point) and `idcard` (with an X). None of these has the + of a number from abroad.
 */
export const keyboardOf = (keyboard: Keyboard): { type: string } => ({ type: types[keyboard] })

/** Whether the keyboard for phone numbers has a +. */
export const hasPlus = false
