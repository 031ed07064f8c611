import type { Colour } from '@jiankangbao/contracts/atoms'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'

const looks: Record<Colour, { color: string; mark: string }> = {
  green: { color: 'success', mark: '●' },
  yellow: { color: 'warning', mark: '▲' },
  red: { color: 'error', mark: '■' },
  none: { color: 'default', mark: '○' },
}

/** A status in colour, mark and word: colour alone tells nothing to every twelfth man. */
export const ColourTag = ({ colour }: { colour: Colour }) => {
  const { t } = useTranslation()
  const { color, mark } = looks[colour]
  return (
    <Tag color={color}>
      {mark} {t(`domain.colours.${colour}`)}
    </Tag>
  )
}
