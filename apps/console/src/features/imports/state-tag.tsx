import type { ImportState } from '@jiankangbao/contracts/import/schemas'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'

const COLOURS: Record<ImportState, string> = {
  uploading: 'processing',
  waiting: 'processing',
  checking: 'processing',
  checked: 'warning',
  proposed: 'warning',
  applying: 'processing',
  applied: 'success',
  undoing: 'processing',
  undone: 'default',
  failed: 'error',
  cancelled: 'default',
  rejected: 'error',
  expired: 'default',
}

/** How far a list is, in a word. */
export const StateTag = ({ state }: { state: ImportState }) => {
  const { t } = useTranslation()
  return (
    <Tag color={COLOURS[state]} data-testid="import-state" data-state={state}>
      {t(`imports.states.${state}`)}
    </Tag>
  )
}
