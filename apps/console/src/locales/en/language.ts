import type { Language } from '../languages.ts'

export const language: Language = {
  name: 'English',
  switchTo: 'Switch to English',
  tag: 'en',
  voice: 'en-US',
}
