import type { LanguageFacts } from '../language.types.ts'
import { zh as words } from './words.ts'

export const zh: LanguageFacts = {
  words,
  tag: 'zh-CN',
  name: '中文',
  shortName: '中',
  largeLetter: '大',
  choose: (texts) => texts.zh,
  momentText: ({ year, month, day, time }) =>
    `${year === undefined ? '' : `${year}年`}${month}月${day}日 ${time}`,
  betweenPlaces: '',
  betweenNames: '、',
  betweenSentences: '。',
}
