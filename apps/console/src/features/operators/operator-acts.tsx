import type { OperatorEntry } from '@jiankangbao/contracts/operator/schemas'
import { Button, Popconfirm, Space } from 'antd'
import { useTranslation } from 'react-i18next'

interface Props {
  operator: OperatorEntry
  onEdit: () => void
  onReset: () => void
  onSignOut: () => void
  onActivate: (active: boolean) => void
}

/** What can be done with an operator; what takes something away from a person is asked twice. */
export const OperatorActs = ({ operator, onEdit, onReset, onSignOut, onActivate }: Props) => {
  const { t } = useTranslation()
  const { active, displayName: name } = operator
  const confirm = { okText: t('app.action.confirm'), cancelText: t('app.action.cancel') }
  return (
    <Space wrap>
      <Button size="small" onClick={onEdit}>
        {t('app.action.edit')}
      </Button>
      {active ? (
        <>
          <Button size="small" onClick={onReset}>
            {t('operators.reset')}
          </Button>
          <Button size="small" onClick={onSignOut}>
            {t('operators.signOut')}
          </Button>
          <Popconfirm
            title={t('operators.deactivateConfirm', { name })}
            {...confirm}
            onConfirm={() => onActivate(false)}
          >
            <Button size="small" danger>
              {t('operators.deactivate')}
            </Button>
          </Popconfirm>
        </>
      ) : (
        <Button size="small" onClick={() => onActivate(true)}>
          {t('operators.activate')}
        </Button>
      )}
    </Space>
  )
}
