import type { OperatorEntry } from '@jiankangbao/contracts/operator/schemas'
import { Button, Popconfirm, Space } from 'antd'
import { useTranslation } from 'react-i18next'

interface Props {
  operator: OperatorEntry
  onEdit: () => void
  onReset: () => void
  onActivate: (active: boolean) => void
}

/** What can be done with an operator; what takes something away from a person is asked twice. */
export const OperatorActs = ({ operator, onEdit, onReset, onActivate }: Props) => {
  const { t } = useTranslation()
  const { active, displayName: name } = operator
  const confirm = { okText: t('app.action.confirm'), cancelText: t('app.action.cancel') }
  return (
    <Space wrap>
      <Button size="small" onClick={onEdit}>
        {t('app.action.edit')}
      </Button>
      <Popconfirm title={t('operators.resetConfirm', { name })} {...confirm} onConfirm={onReset}>
        <Button size="small">{t('operators.reset')}</Button>
      </Popconfirm>
      <Popconfirm
        title={t(active ? 'operators.deactivateConfirm' : 'operators.activateConfirm', { name })}
        {...confirm}
        onConfirm={() => onActivate(!active)}
      >
        <Button size="small" danger={active}>
          {t(active ? 'operators.deactivate' : 'operators.activate')}
        </Button>
      </Popconfirm>
    </Space>
  )
}
