import type { HotlinePolicies } from '@jiankangbao/contracts/hotline/schemas'
import { TICKET_KINDS } from '@jiankangbao/domain/ticket/ticket'
import type { TFunction } from 'i18next'
import { pickText, type Texts } from '../../locales/languages.ts'

export type Policy = HotlinePolicies['policy']

const NORMS = ['answerSeconds', 'answerShare', 'waitingPerOperator', 'ticketsPerOperator'] as const

const listed = (t: TFunction, words: readonly string[]): string => words.join(t('app.comma')) || '—'

interface Keyed {
  key: string
  title: Texts
}

/** By keys: what is there no more, what is new, what has other words. */
const compareLists = (
  t: TFunction,
  language: string,
  before: readonly Keyed[],
  after: readonly Keyed[],
): string[] => {
  const title = (each: Keyed) => pickText(each.title, language)
  const kept = new Map(before.map((each) => [each.key, JSON.stringify(each)]))
  const still = new Set(after.map(({ key }) => key))
  return [
    ...before
      .filter(({ key }) => !still.has(key))
      .map((each) => t('hotlinePolicy.removed', { title: title(each) })),
    ...after
      .filter(({ key }) => !kept.has(key))
      .map((each) => t('hotlinePolicy.added', { title: title(each) })),
    ...after
      .filter((each) => kept.has(each.key) && kept.get(each.key) !== JSON.stringify(each))
      .map((each) => t('hotlinePolicy.reworded', { title: title(each) })),
  ]
}

/** What a draft changes of what counts, line by line: what whoever releases it reads. */
export const wordDifference = (t: TFunction, language: string, before: Policy, after: Policy): string[] => {
  const change = (what: string, from: string | number, to: string | number): string[] =>
    from === to ? [] : [t('hotlinePolicy.change', { what, from, to })]
  const kinds = (policy: Policy) =>
    listed(
      t,
      TICKET_KINDS.filter((kind) => policy.answersAlone.includes(kind)).map((kind) =>
        t(`tickets.kinds.${kind}`),
      ),
    )
  const acts = (policy: Policy) =>
    listed(
      t,
      [...policy.actsAlone].sort().map((act) => t(`hotline.acts.${act}`)),
    )
  return [
    ...NORMS.flatMap((norm) => change(t(`hotlinePolicy.${norm}`), before[norm], after[norm])),
    ...TICKET_KINDS.flatMap((kind) =>
      change(
        t('hotlinePolicy.daysOf', { kind: t(`tickets.kinds.${kind}`) }),
        before.workingDays[kind],
        after.workingDays[kind],
      ),
    ),
    ...change(t('hotlinePolicy.answersAlone'), kinds(before), kinds(after)),
    ...change(t('hotlinePolicy.actsAlone'), acts(before), acts(after)),
    ...compareLists(t, language, before.wrapUps, after.wrapUps),
    ...compareLists(t, language, before.readyAnswers, after.readyAnswers),
  ]
}
