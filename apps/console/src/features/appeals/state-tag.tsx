import type { AppealState } from '@jiankangbao/contracts/appeal/schemas'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'

const COLOURS: Record<AppealState, string> = {
  submitted: 'warning',
  in_progress: 'processing',
  proposed: 'processing',
  upheld: 'success',
  refused: 'error',
  answered: 'default',
  withdrawn: 'default',
}

/** Where an appeal stands, in a word. */
export const StateTag = ({ state }: { state: AppealState }) => {
  const { t } = useTranslation()
  return (
    <Tag color={COLOURS[state]} data-testid="appeal-state" data-state={state}>
      {t(`appeals.states.${state}`)}
    </Tag>
  )
}
