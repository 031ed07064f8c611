import { en } from './en/language.ts'
import type { LanguageFacts } from './language.types.ts'
import { zh } from './zh/language.ts'

/**
 * The languages of the app, in the order in which the button in the bar leads through them. The app starts in the first one,
 * and its keys are those of all others. A new language is a folder beside `en` and its line here.
 */
export const LANGUAGES = { zh, en } satisfies Record<string, LanguageFacts>

export type Language = keyof typeof LANGUAGES
