import type { OperatorEntry, OperatorRole } from '@jiankangbao/contracts/operator/schemas'
import { OPERATOR_ROLES, ROLES_HELD_ALONE } from '@jiankangbao/domain/vocabulary/people'
import { App, Button, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import type { HandedHalf } from './half-modal.tsx'

interface Values {
  username: string
  displayName: string
  organisation: string
  roles: OperatorRole[]
  divisionCode: string
  reason?: string
  phone?: string
}

interface Props {
  /** Absent: a person to be created. */
  operator: OperatorEntry | undefined
  onClose: () => void
  onProposed: (handed: HandedHalf | undefined) => void
}

/** Proposing or changing an operator. What gives rights waits for another person. */
export const OperatorDrawer = ({ operator, onClose, onProposed }: Props) => {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const create = useAction({
    run: ({ reason = '', ...values }: Values) =>
      call('createOperator', { body: { ...values, reason, requestId } }),
    refresh: [['operator-changes']],
    onDone: ({ change, activation }) => {
      onProposed(activation && { change, activation })
      if (change.message) void message.success(t('operators.proposed'))
      onClose()
    },
  })
  const change = useAction({
    run: ({ operatorId, body }: { operatorId: string; body: Omit<Values, 'username' | 'phone'> }) =>
      call('changeOperator', { params: { operatorId }, body }),
    refresh: [['operators'], ['operator-changes']],
    onDone: ({ change }) => {
      void message.success(t(change ? 'operators.proposed' : 'operators.changed'))
      onClose()
    },
  })
  const submit = ({ username, reason, phone, ...values }: Values): void => {
    const onError = (error: unknown) => showFieldErrors(form, t, error)
    const why = reason?.trim()
    const body = { ...values, ...(why ? { reason: why } : {}) }
    if (operator) change.mutate({ operatorId: operator.operatorId, body }, { onError })
    else create.mutate({ username, ...body, ...(phone?.trim() ? { phone: phone.trim() } : {}) }, { onError })
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
          {t(operator ? 'app.action.save' : 'operators.propose')}
        </Button>
      }
    >
      <Problem error={create.error ?? change.error} hideFields />
      <Form form={form} name="operator" layout="vertical" initialValues={operator ?? {}} onFinish={submit}>
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
                roles.length > 1 && roles.some((role) => ROLES_HELD_ALONE.includes(role))
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
        {operator === undefined && (
          <Form.Item name="phone" label={t('operators.phone')} extra={t('operators.phoneHint')}>
            <Input maxLength={30} inputMode="tel" autoComplete="off" />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t('app.action.reason')}
          extra={t(operator ? 'operators.reasonWhenMore' : 'operators.reasonHint')}
          rules={operator ? [] : [required]}
        >
          <Input maxLength={300} />
        </Form.Item>
      </Form>
    </Drawer>
  )
}
