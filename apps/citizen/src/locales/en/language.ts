import type { LanguageFacts } from '../language.types.ts'
import { en as words } from './words.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export const en: LanguageFacts = {
  words,
  tag: 'en',
  name: 'English',
  shortName: 'EN',
  largeLetter: 'A',
  choose: (texts) => texts.en,
  momentText: ({ year, month, day, time }) =>
    `${day} ${MONTHS[month - 1] ?? ''}${year === undefined ? '' : ` ${year}`} ${time}`,
  betweenPlaces: ', ',
  betweenNames: ', ',
  betweenSentences: '. ',
}
