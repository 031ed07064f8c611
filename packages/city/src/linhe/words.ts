import type { WordsOfCity } from '../city-words.ts'

export const linheWords = {
  zh: { name: '临禾', into: '入禾', coming: '来禾', provincialCode: '云康码' },
  en: { name: 'Linhe', into: 'to Linhe', coming: 'Linhe', provincialCode: 'provincial code' },
} satisfies WordsOfCity
