import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError } from '../../../api/error-words.ts'
import { currentVoice } from '../../../locales/i18n.ts'
import { playSignal, speak, vibrate } from '../sounds.ts'
import type { Told } from './use-sampling.ts'

const firstPartOf = (nameMasked: string | undefined): string => (nameMasked ?? '').replace(/[*＊].*$/, '')

/** What was said last, as large as it is loud: name and place of whoever is taken, or why not. */
export const ToldFace = ({ told, speech }: { told: Told; speech: boolean }) => {
  const { t } = useTranslation()
  const isGood =
    told.about === 'sealed' || (told.about === 'person' ? told.outcome === 'taken' : told.kind !== undefined)
  const isLast = told.about === 'person' && told.outcome === 'taken' && told.nth === told.capacity
  const words = wordsOf(t, told)
  const spoken = isLast ? `${words.spoken}${t('sampling.changeTube')}` : words.spoken
  useEffect(() => {
    playSignal(isGood ? 'admit' : 'error')
    vibrate(isGood ? 'admit' : 'denyRed')
    if (speech) speak(spoken, currentVoice())
  }, [isGood, spoken, speech])
  return (
    <div
      className={isGood ? 'sp-told sp-good' : 'sp-told sp-bad'}
      role="status"
      data-testid="sampling-told"
      data-outcome={
        told.about === 'person' ? told.outcome : (told.about === 'tube' && told.problem) || told.about
      }
    >
      <b>{words.title}</b>
      {words.more && <span>{words.more}</span>}
      {isLast && <strong>{t('sampling.changeTube')}</strong>}
    </div>
  )
}

type T = ReturnType<typeof useTranslation>['t']

const wordsOf = (t: T, told: Told): { title: string; more?: string; spoken: string } => {
  if (told.about === 'sealed') {
    const title = t('sampling.sealed', { count: told.count })
    return { title, spoken: title }
  }
  if (told.about === 'tube') return wordsOfTube(t, told)
  if (told.outcome !== 'taken') {
    const title = t(`sampling.outcomes.${told.outcome}`)
    return { title, ...(told.nameMasked ? { more: told.nameMasked } : {}), spoken: title }
  }
  const place = t('sampling.nth', { nth: told.nth, capacity: told.capacity })
  const name = told.nameMasked ?? t('sampling.keptName')
  return {
    title: name,
    more: told.isKept ? `${place} · ${t('sampling.kept')}` : place,
    spoken: `${firstPartOf(told.nameMasked)} ${t('sampling.nthSpoken', { nth: told.nth })}`,
  }
}

const wordsOfTube = (t: T, told: Told & { about: 'tube' }): { title: string; spoken: string } => {
  const title = told.error
    ? describeError(t, told.error).title
    : told.kind
      ? t('sampling.tubeReady', { kind: t(`sampling.kinds.${told.kind}`) })
      : t(`sampling.problems.${told.problem}`, {
          defaultValue: t(`reasons.${told.problem}`, { defaultValue: told.problem ?? '' }),
        })
  return { title, spoken: title }
}
