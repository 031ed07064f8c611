import type { OperatorEntry, OperatorRole } from '@jiankangbao/contracts/operator/schemas'
import { OPERATOR_ROLES } from '@jiankangbao/domain/vocabulary/people'
import { Button, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import type { Secrets } from './secrets-modal.tsx'

interface Values {
  username: string
  displayName: string
  organisation: string
  roles: OperatorRole[]
  divisionCode: string
}

const alone: readonly OperatorRole[] = ['sysadmin', 'auditor']

interface Props {
  /** Absent: a person to be created. */
  operator: OperatorEntry | undefined
  onClose: () => void
  onCreated: (secrets: Secrets) => void
}

/** Creating or changing an operator. Passwords are made by the server and shown once. */
export const OperatorDrawer = ({ operator, onClose, onCreated }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const create = useAction({
    run: (values: Values) => call('createOperator', { body: { ...values, requestId } }),
    refresh: [['operators']],
    onDone: (secrets) => {
      onCreated(secrets)
      onClose()
    },
  })
  const change = useAction({
    run: ({ operatorId, body }: { operatorId: string; body: Omit<Values, 'username'> }) =>
      call('changeOperator', { params: { operatorId }, body }),
    refresh: [['operators']],
    done: t('operators.changed'),
    onDone: onClose,
  })
  const submit = ({ username, ...body }: Values): void => {
    const onError = (error: unknown) => showFieldErrors(form, t, error)
    if (operator) change.mutate({ operatorId: operator.operatorId, body }, { onError })
    else create.mutate({ username, ...body }, { onError })
  }
  const required = { required: true, whitespace: true, message: t('app.action.required') }
  return (
    <Drawer
      open
      title={t(operator ? 'operators.change' : 'operators.create')}
      onClose={onClose}
      size={480}
      footer={
        <Button type="primary" loading={create.isPending || change.isPending} onClick={() => form.submit()}>
          {t('app.action.save')}
        </Button>
      }
    >
      <Problem error={create.error ?? change.error} hideFields />
      <Form form={form} layout="vertical" initialValues={operator ?? {}} onFinish={submit}>
        <Form.Item
          name="username"
          label={t('operators.username')}
          extra={operator ? undefined : t('operators.usernameHint')}
          normalize={(text: string) => text.trim().toLowerCase()}
          rules={
            operator
              ? []
              : [
                  required,
                  { pattern: /^[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]$/, message: t('operators.usernameHint') },
                ]
          }
        >
          <Input disabled={operator !== undefined} maxLength={40} autoComplete="off" autoCapitalize="none" />
        </Form.Item>
        <Form.Item name="displayName" label={t('operators.displayName')} rules={[required]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="organisation" label={t('operators.organisation')} rules={[required]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="roles"
          label={t('operators.roles')}
          extra={t('operators.aloneRule')}
          rules={[
            { required: true, type: 'array', min: 1, max: 5, message: t('app.action.required') },
            {
              validator: (_, roles: OperatorRole[] = []) =>
                roles.length > 1 && roles.some((role) => alone.includes(role))
                  ? Promise.reject(new Error(t('operators.aloneRule')))
                  : Promise.resolve(),
            },
          ]}
        >
          <Select
            mode="multiple"
            options={OPERATOR_ROLES.map((role) => ({ value: role, label: t(`domain.roles.${role}`) }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        </Form.Item>
        <Form.Item
          name="divisionCode"
          label={t('operators.division')}
          rules={[{ required: true, message: t('app.action.required') }]}
        >
          <DivisionField />
        </Form.Item>
      </Form>
    </Drawer>
  )
}
