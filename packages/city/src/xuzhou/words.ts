import type { WordsOfCity } from '../city-words.ts'

export const xuzhouWords = {
  zh: { name: '徐州', into: '入徐', coming: '来徐', provincialCode: '苏康码' },
  en: { name: 'Xuzhou', into: 'to Xuzhou', coming: 'Xuzhou', provincialCode: 'provincial code' },
} satisfies WordsOfCity
