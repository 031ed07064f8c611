import type { Case } from '@jiankangbao/contracts/tracing/schemas'
import { Steps } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'

const STEPS = ['opened', 'stay_adjusted', 'proposed', 'approved', 'ended'] as const

/** When each step was first taken; undefined for what is still to come. */
const stepTimes = ({ openedAt, changes }: Case): (string | undefined)[] => {
  const first = (...kinds: string[]): string | undefined =>
    changes
      .filter(({ change }) => kinds.includes(change))
      .map(({ at }) => at)
      .sort()[0]
  return [openedAt, first('stay_adjusted'), first('proposed'), first('approved'), first('closed', 'negative')]
}

/** How far the case is, with the hours since it was opened: from case to list to approval. */
export const CaseProgress = ({ opened }: { opened: Case }) => {
  const { t } = useTranslation()
  const times = stepTimes(opened)
  const last = times.reduce((reached, at, index) => (at === undefined ? reached : index), 0)
  const hours = (at: string): string =>
    ((Date.parse(at) - Date.parse(opened.openedAt)) / 3_600_000).toFixed(1)
  return (
    <Steps
      size="small"
      current={last}
      className="case-progress"
      items={STEPS.map((step, index) => {
        const at = times[index]
        return {
          title: t(`cases.steps.${step}`),
          status: at === undefined ? 'wait' : 'finish',
          content: at && (
            <span className="small">
              {formatInstant(at)}
              {index > 0 && <div className="quiet">{t('cases.stepHours', { hours: hours(at) })}</div>}
            </span>
          ),
        }
      })}
    />
  )
}
