import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'

interface Props {
  /** Address of the page, from `pathTo`. */
  to: string
  /** Key of the words; "details" where not given. */
  words?: string
  /** Without a frame, as a link between texts. */
  link?: boolean
}

/** Opens another page. */
export const OpenButton = ({ to, words = 'app.action.detail', link = false }: Props) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Button type={link ? 'link' : 'default'} onClick={() => void navigate(to)}>
      {t(words)}
    </Button>
  )
}
