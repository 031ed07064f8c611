import type { KeptTestSite } from '@jiankangbao/contracts/test-site/schemas'
import {
  SITE_AUDIENCES,
  SITE_STATES,
  type SiteAudience,
  type SiteState,
  SLOT_MINUTES,
} from '@jiankangbao/domain/testing/site'
import { Button, Drawer, Form, Input, InputNumber, Select, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { SiteHoursFields, type SpanValues } from './site-hours-fields.tsx'

interface SiteValues {
  name: string
  divisionCode?: string
  address: string
  hours: SpanValues[]
  audience: SiteAudience
  priceYuan: number
  telephone?: string
  latitude?: number | null
  longitude?: number | null
  state?: SiteState
  walkIn: boolean
  bookable: boolean
  slotMinutes?: number
  slotCapacity?: number
}

/** What stands in the form where a site begins to take bookings. */
const SLOT = { minutes: 30, capacity: 20 }

const toFields = (values: SiteValues) => ({
  name: values.name,
  address: values.address,
  hours: values.hours,
  audience: values.audience,
  priceCents: Math.round(values.priceYuan * 100),
  ...(values.telephone ? { telephone: values.telephone } : {}),
  ...(values.latitude == null ? {} : { latitude: values.latitude }),
  ...(values.longitude == null ? {} : { longitude: values.longitude }),
  walkIn: !values.bookable || values.walkIn,
  ...(values.bookable && values.slotMinutes && values.slotCapacity
    ? { slotMinutes: values.slotMinutes, slotCapacity: values.slotCapacity }
    : {}),
})

const toValues = (site: KeptTestSite): Partial<SiteValues> => {
  const { name, address, audience, telephone, latitude, longitude, state, hours, walkIn, bookable } = site
  const { slotMinutes = SLOT.minutes, slotCapacity = SLOT.capacity } = site
  return {
    ...{ name, address, audience, state, hours, walkIn, bookable, slotMinutes, slotCapacity },
    priceYuan: site.priceCents / 100,
    ...(telephone ? { telephone } : {}),
    ...(latitude === undefined ? {} : { latitude }),
    ...(longitude === undefined ? {} : { longitude }),
  }
}

/** How many come in which slots, and whether one may come without. */
const SlotFields = () => {
  const { t } = useTranslation()
  const required = [{ required: true, message: t('reasons.required') }]
  return (
    <>
      <Form.Item name="slotMinutes" label={t('testSites.slotMinutes')} rules={required}>
        <Select options={SLOT_MINUTES.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="slotCapacity" label={t('testSites.slotCapacity')} rules={required}>
        <InputNumber min={1} max={2000} precision={0} />
      </Form.Item>
      <Form.Item name="walkIn" label={t('testSites.walkIn')} valuePropName="checked">
        <Switch />
      </Form.Item>
    </>
  )
}

/** Adds a site, or changes one; what stands here everybody reads within half a minute. */
export const SiteDrawer = ({ site, onClose }: { site: KeptTestSite | undefined; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<SiteValues>()
  const [requestId] = useState(createRequestId)
  const save = useAction({
    run: (values: SiteValues) =>
      site
        ? call('changeTestSite', {
            params: { siteId: site.siteId },
            body: { ...toFields(values), state: values.state ?? site.state, revision: site.revision },
          })
        : call('addTestSite', {
            body: { requestId, divisionCode: values.divisionCode ?? '', ...toFields(values) },
          }),
    done: t('testSites.saved'),
    refresh: [['test-sites']],
    onDone: onClose,
  })
  const required = [{ required: true, message: t('reasons.required') }]
  const bookable = Form.useWatch('bookable', form)
  return (
    <Drawer open title={t(site ? 'testSites.change' : 'testSites.add')} onClose={onClose} size={480}>
      <Problem error={save.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={
          site
            ? toValues(site)
            : {
                hours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opens: '08:00', closes: '20:00' }],
                walkIn: true,
                bookable: false,
                slotMinutes: SLOT.minutes,
                slotCapacity: SLOT.capacity,
                audience: 'everybody',
                priceYuan: 0,
              }
        }
        onFinish={(values) => save.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item name="name" label={t('testSites.name')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        {!site && (
          <Form.Item name="divisionCode" label={t('testSites.division')} rules={required}>
            <DivisionField />
          </Form.Item>
        )}
        <Form.Item name="address" label={t('testSites.address')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <SiteHoursFields />
        <Form.Item name="audience" label={t('testSites.audience')} rules={required}>
          <Select
            options={SITE_AUDIENCES.map((value) => ({ value, label: t(`testSites.audiences.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="priceYuan" label={t('testSites.price')} rules={required}>
          <InputNumber min={0} max={1000} precision={2} />
        </Form.Item>
        <Form.Item name="bookable" label={t('testSites.bookable')} valuePropName="checked">
          <Switch />
        </Form.Item>
        {bookable && <SlotFields />}
        <Form.Item name="telephone" label={t('testSites.telephone')}>
          <Input maxLength={24} />
        </Form.Item>
        <Form.Item name="latitude" label={t('testSites.latitude')}>
          <InputNumber min={-90} max={90} style={{ width: 200 }} />
        </Form.Item>
        <Form.Item name="longitude" label={t('testSites.longitude')}>
          <InputNumber min={-180} max={180} style={{ width: 200 }} />
        </Form.Item>
        {site && (
          <Form.Item name="state" label={t('testSites.state')}>
            <Select
              options={SITE_STATES.map((value) => ({ value, label: t(`testSites.states.${value}`) }))}
            />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('app.action.save')}
        </Button>
      </Form>
    </Drawer>
  )
}
