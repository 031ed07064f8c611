import type { CaseEntry } from '@jiankangbao/contracts/tracing/schemas'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'

const looks: Record<CaseEntry['state'], string> = {
  waiting: 'warning',
  open: 'processing',
  closed: 'default',
  negative: 'success',
  refused: 'default',
}

export const CaseStateTag = ({ state }: Pick<CaseEntry, 'state'>) => {
  const { t } = useTranslation()
  return (
    <Tag color={looks[state]} data-testid="case-state" data-state={state}>
      {t(`cases.states.${state}`)}
    </Tag>
  )
}
