import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

/** Areas of a list whose codes are no known place: whoever decides on the list sees that they have no effect yet. */
export const UnknownPlaces = ({ places }: { places: readonly { divisionCode: string; name: string }[] }) => {
  const { t } = useTranslation()
  if (places.length === 0) return null
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginTop: 12 }}
      data-testid="unknown-places"
      title={t('imports.unknownPlaces', { count: places.length })}
      description={places.map(({ divisionCode, name }) => `${divisionCode} ${name}`).join(t('app.comma'))}
    />
  )
}
