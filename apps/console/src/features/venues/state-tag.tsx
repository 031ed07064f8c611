import type { VenueState } from '@jiankangbao/contracts/venue/schemas'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'

const colours: Record<VenueState, string> = {
  applied: 'processing',
  rejected: 'error',
  active: 'success',
  suspended: 'warning',
  closed: 'default',
}

export const VenueStateTag = ({ state }: { state: VenueState }) => {
  const { t } = useTranslation()
  return <Tag color={colours[state]}>{t(`venues.states.${state}`)}</Tag>
}
