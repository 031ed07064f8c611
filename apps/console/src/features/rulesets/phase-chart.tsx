import { type CategoryRule, listCategoryEnds } from '@jiankangbao/domain/status/ruleset'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { wordCondition } from '../../ui/status-words.ts'
import { listPhaseSpans, type PhaseSpan, widthOf } from './phase-spans.ts'
import './rulesets.css'

const wordSpan = (t: TFunction, span: PhaseSpan): string =>
  [
    t(`domain.colours.${span.colour}`),
    span.days === undefined
      ? t('rulesets.chart.until', { what: wordCondition(t, span.awaits ?? 'negative_tests') })
      : t('rulesets.chart.days', { count: span.days }),
    span.tests > 0 ? t('rulesets.chart.tests', { count: span.tests }) : '',
    span.tests === 0 && span.testsAfterPositive > 0
      ? t('rulesets.chart.testsAfterPositive', { count: span.testsAfterPositive })
      : '',
  ]
    .filter(Boolean)
    .join(t('rulesets.chart.and'))

interface PhaseBarProps {
  rule: CategoryRule
  /** Days that the whole line holds, so that bars below each other compare. */
  width: number
}

/** One category as a bar over days: hatched where no clock ends it. Each stretch says itself in words. */
export const PhaseBar = ({ rule, width }: PhaseBarProps) => {
  const { t } = useTranslation()
  const spans = listPhaseSpans(rule)
  if (spans.length === 0)
    return (
      <span className="quiet">
        {listCategoryEnds(rule)
          .map((end) => t(`rulesets.chart.${end}`))
          .join()}
      </span>
    )
  return (
    <>
      <div className="phase-bar" aria-hidden="true">
        {spans.map((span, at) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the stretches are a list by position
            key={at}
            className={`phase-span phase-${span.colour} ${span.days === undefined ? 'phase-open' : ''}`}
            style={{ width: `${(100 * widthOf(span)) / width}%` }}
          >
            {span.days === undefined ? '…' : t('rulesets.chart.short', { count: span.days })}
          </span>
        ))}
      </div>
      <ol className="phase-words small">
        {spans.map((span) => (
          <li key={wordSpan(t, span)}>{wordSpan(t, span)}</li>
        ))}
      </ol>
    </>
  )
}
