import type { Language } from '../languages.ts'

export const language: Language = {
  name: '中文',
  switchTo: '切换到中文',
  tag: 'zh-CN',
  voice: 'zh-CN',
}
