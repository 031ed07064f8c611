/** The languages in which an announcement is written, where their texts are kept, and whether it has to have them. */
export const WRITTEN = {
  zh: { body: 'bodyZh', words: 'announcements.inChinese', isNeeded: true },
  en: { body: 'bodyEn', words: 'announcements.inEnglish', isNeeded: false },
} as const

export type WrittenLanguage = keyof typeof WRITTEN
