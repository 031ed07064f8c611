import type { KeptDirectoryPlace } from '@jiankangbao/contracts/directory/schemas'
import { DIRECTORY_KINDS, type DirectoryKind } from '@jiankangbao/domain/vocabulary/services'
import { Button, Drawer, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { useMe } from '../../api/session.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import './services.css'

interface Values {
  kind: DirectoryKind
  divisionCode?: string
  name: { zh: string; en?: string }
  address: string
  hours: { zh: string; en?: string }
  telephone?: string
  latitude?: number | null
  longitude?: number | null
  state: KeptDirectoryPlace['state']
}

const toBody = ({ kind, name, address, hours, telephone, latitude, longitude }: Values) => ({
  kind,
  name: { zh: name.zh, en: name.en ?? '' },
  address,
  hours: { zh: hours.zh, en: hours.en ?? '' },
  ...(telephone?.trim() ? { telephone: telephone.trim() } : {}),
  ...(typeof latitude === 'number' ? { latitude } : {}),
  ...(typeof longitude === 'number' ? { longitude } : {}),
})

/** One place of the directory; undefined for a new one. */
export const PlaceDrawer = ({
  place,
  onClose,
}: {
  place: KeptDirectoryPlace | undefined
  onClose: () => void
}) => {
  const { t } = useTranslation()
  const me = useMe()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const required = [{ required: true, whitespace: true, message: t('reasons.required') }]
  const save = useAction({
    run: (values: Values) =>
      place
        ? call('changeDirectoryPlace', {
            params: { placeId: place.placeId },
            body: { revision: place.revision, state: values.state, ...toBody(values) },
          })
        : call('addDirectoryPlace', {
            body: {
              requestId,
              divisionCode: values.divisionCode ?? me?.divisionCode ?? '',
              ...toBody(values),
            },
          }),
    refresh: [['directory']],
    done: t('directory.saved'),
    onDone: onClose,
  })
  const text = (name: string | string[], label: string, most: number, needed = false) => (
    <Form.Item name={name} label={t(`directory.${label}`)} rules={needed ? required : []}>
      <Input maxLength={most} />
    </Form.Item>
  )
  return (
    <Drawer
      open
      size="large"
      title={t(place ? 'directory.change' : 'directory.add')}
      onClose={onClose}
      extra={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('services.done')}
        </Button>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={place ?? { kind: 'fever_clinic', state: 'open' }}
        onFinish={() =>
          save.mutate(form.getFieldsValue(true), { onError: (error) => showFieldErrors(form, t, error) })
        }
        scrollToFirstError
      >
        <Problem error={save.error} />
        <div className="service-pair">
          <Form.Item name="kind" label={t('directory.kind')}>
            <Select
              options={DIRECTORY_KINDS.map((value) => ({
                value,
                label: t(`services.directoryKinds.${value}`),
              }))}
            />
          </Form.Item>
          {place ? (
            <Form.Item name="state" label={t('directory.state')}>
              <Select
                options={(['open', 'closed', 'gone'] as const).map((value) => ({
                  value,
                  label: t(`directory.states.${value}`),
                }))}
              />
            </Form.Item>
          ) : (
            <Form.Item name="divisionCode" label={t('directory.division')} rules={required}>
              <DivisionField />
            </Form.Item>
          )}
          {text(['name', 'zh'], 'name', 120, true)}
          {text(['name', 'en'], 'nameEn', 240)}
          {text(['hours', 'zh'], 'hours', 200, true)}
          {text(['hours', 'en'], 'hoursEn', 400)}
          {text('address', 'address', 200, true)}
          {text('telephone', 'telephone', 24)}
          <Form.Item name="latitude" label={t('directory.latitude')}>
            <InputNumber min={-90} max={90} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="longitude" label={t('directory.longitude')}>
            <InputNumber min={-180} max={180} style={{ width: '100%' }} />
          </Form.Item>
        </div>
      </Form>
    </Drawer>
  )
}
