import type { Outcome } from './outcome.ts'

export const hasNativeScanner = false
export const scanWithPhone = async (): Promise<Outcome<{ text: string }>> => ({
  ok: false,
  reason: 'unsupported',
})
