import type { Sentence } from '@jiankangbao/domain/status/spoken'
import { SHANGHAI_OFFSET_MS } from '@jiankangbao/domain/time/shanghai'
import type { TFunction } from 'i18next'
import { pickText } from '../../locales/languages.ts'
import { wordAction, wordCategory, wordCondition } from '../../ui/status-words.ts'

/** An instant as somebody says it: `3月29日8点30分`. The city's time, whatever zone the machine is set to. */
const sayMoment = (t: TFunction, instant: string): string => {
  const text = new Date(Date.parse(instant) + SHANGHAI_OFFSET_MS).toISOString()
  const [month, day] = [Number(text.slice(5, 7)), Number(text.slice(8, 10))]
  return t('hotline.moment', { month: t(`hotline.months.m${month}`), day, time: text.slice(11, 16) })
}

/**
 * One sentence to be read out.
 * @param t the words of the language that the caller speaks, which need not be that of the page
 */
export const wordSentence = (t: TFunction, language: string, sentence: Sentence): string => {
  switch (sentence.say) {
    case 'colour':
      return sentence.colour === 'none'
        ? t('hotline.say.noColour')
        : t('hotline.say.colour', { colour: t(`domain.colours.${sentence.colour}`) })
    case 'because': {
      const title = sentence.title && pickText(sentence.title, language)
      const category = wordCategory(t, sentence.category, title)
      const key = sentence.more ? 'hotline.say.becauseToo' : 'hotline.say.because'
      return t(key, { category, at: sayMoment(t, sentence.at) })
    }
    case 'tests': {
      const { left, counted, kinds } = sentence
      return left === 0 ? t('hotline.say.testsDone') : t(`hotline.say.tests.${kinds}`, { left, counted })
    }
    case 'apart':
      return t('hotline.say.apart', { hours: sentence.hours })
    case 'waits':
      return t('hotline.say.waits', { condition: wordCondition(t, sentence.condition) })
    case 'todo': {
      const actions = sentence.actions.map((action) => wordAction(t, action)).join(t('app.comma'))
      return t('hotline.say.todo', { actions })
    }
    case 'suspended':
    case 'until':
    case 'earliest':
    case 'then_ends':
    case 'next_sample':
    case 'next_change':
      return t(`hotline.say.${sentence.say}`, { at: sayMoment(t, sentence.at) })
    default:
      return t(`hotline.say.${sentence.say}`)
  }
}
