import { parseCreditCode } from '@jiankangbao/domain/identity/credit-code'
import { parsePhone } from '@jiankangbao/domain/written/phone'
import { Button, Form, Input, InputNumber, Space } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DivisionField, KindField } from '../../ui/tree-fields.tsx'

/** The facts of a venue as form fields: for an application (`required`) and for a change (empty means unchanged). */
export const VenueFields = ({ required }: { required: boolean }) => {
  const { t } = useTranslation()
  const need = (key: string, min: number, max: number) => [
    {
      required,
      whitespace: true,
      message: `${t(`venues.${key}`)}${t('app.colon')}${t('app.action.required')}`,
    },
    { min, max },
  ]
  return (
    <>
      <Form.Item name="name" label={t('venues.name')} rules={need('name', 1, 100)}>
        <Input maxLength={100} autoComplete="organization" />
      </Form.Item>
      <Form.Item
        name="kind"
        label={t('venues.kind')}
        rules={[{ required, message: t('app.action.required') }]}
      >
        <KindField />
      </Form.Item>
      <Form.Item
        name="divisionCode"
        label={t('venues.division')}
        rules={[{ required, message: t('app.action.required') }]}
      >
        <DivisionField />
      </Form.Item>
      <Form.Item name="address" label={t('venues.address')} rules={need('address', 2, 200)}>
        <Input maxLength={200} autoComplete="street-address" />
      </Form.Item>
      <CreditCode required={required} />
      <Form.Item
        name="responsibleName"
        label={t('venues.responsibleName')}
        rules={need('responsibleName', 1, 100)}
      >
        <Input maxLength={100} {...(required ? {} : { placeholder: t('venues.unchanged') })} />
      </Form.Item>
      <Form.Item
        name="responsiblePhone"
        label={t('venues.responsiblePhone')}
        rules={[...need('responsiblePhone', 5, 24), phoneRule(t)]}
        validateTrigger="onBlur"
      >
        <Input maxLength={24} inputMode="tel" {...(required ? {} : { placeholder: t('venues.unchanged') })} />
      </Form.Item>
      <Position />
    </>
  )
}

const phoneRule = (t: TFunction) => ({
  validator: (_: unknown, value: string | undefined) =>
    !value || parsePhone(value).ok ? Promise.resolve() : Promise.reject(new Error(t('reasons.format'))),
})

const CreditCode = ({ required }: { required: boolean }) => {
  const { t } = useTranslation()
  const form = Form.useFormInstance()
  const code = Form.useWatch<string | undefined>('creditCode', form)
  const good = code !== undefined && parseCreditCode(code).ok
  return (
    <Form.Item
      name="creditCode"
      label={t('venues.creditCode')}
      normalize={(text: string) => text.replace(/\s/g, '').toUpperCase()}
      extra={
        good ? (
          <span data-testid="credit-code-good">✓ {t('venues.creditCodeGood')}</span>
        ) : (
          t('venues.creditCodeHint')
        )
      }
      validateTrigger="onBlur"
      rules={[
        {
          validator: (_, value: string | undefined) =>
            !value || parseCreditCode(value).ok
              ? Promise.resolve()
              : Promise.reject(new Error(t('venues.creditCodeBad'))),
        },
      ]}
    >
      <Input
        maxLength={18}
        className="code-text"
        autoComplete="off"
        {...(required ? {} : { placeholder: t('venues.unchanged') })}
      />
    </Form.Item>
  )
}

const Position = () => {
  const { t } = useTranslation()
  const form = Form.useFormInstance()
  const [failed, setFailed] = useState(false)
  const takeHere = (): void => {
    setFailed(!navigator.geolocation)
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) =>
        form.setFieldsValue({
          latitude: Number(coords.latitude.toFixed(6)),
          longitude: Number(coords.longitude.toFixed(6)),
        }),
      () => setFailed(true),
      { timeout: 10_000 },
    )
  }
  return (
    <Form.Item label={t('venues.position')} extra={failed ? t('venues.hereFailed') : undefined}>
      <Space wrap>
        <Form.Item name="latitude" noStyle>
          <InputNumber
            min={-90}
            max={90}
            step={0.000001}
            placeholder={t('venues.latitude')}
            aria-label={t('venues.latitude')}
          />
        </Form.Item>
        <Form.Item name="longitude" noStyle>
          <InputNumber
            min={-180}
            max={180}
            step={0.000001}
            placeholder={t('venues.longitude')}
            aria-label={t('venues.longitude')}
          />
        </Form.Item>
        <Button onClick={takeHere}>{t('venues.useHere')}</Button>
      </Space>
    </Form.Item>
  )
}
