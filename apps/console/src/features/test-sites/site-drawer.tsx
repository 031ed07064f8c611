import type { KeptTestSite } from '@jiankangbao/contracts/test-site/schemas'
import {
  SITE_AUDIENCES,
  SITE_STATES,
  type SiteAudience,
  type SiteState,
} from '@jiankangbao/domain/testing/site'
import { Button, Drawer, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { useAction } from '../../ui/use-action.ts'

interface SiteValues {
  name: string
  divisionCode?: string
  address: string
  weekdays: number[]
  opens: string
  closes: string
  audience: SiteAudience
  priceYuan: number
  telephone?: string
  latitude?: number | null
  longitude?: number | null
  state?: SiteState
}

const toFields = (values: SiteValues) => ({
  name: values.name,
  address: values.address,
  hours: [{ weekdays: values.weekdays, opens: values.opens, closes: values.closes }],
  audience: values.audience,
  priceCents: Math.round(values.priceYuan * 100),
  ...(values.telephone ? { telephone: values.telephone } : {}),
  ...(values.latitude == null ? {} : { latitude: values.latitude }),
  ...(values.longitude == null ? {} : { longitude: values.longitude }),
  walkIn: true,
})

const toValues = (site: KeptTestSite): Partial<SiteValues> => {
  const [span] = site.hours
  const { name, address, audience, telephone, latitude, longitude, state } = site
  return {
    ...{ name, address, audience, state, priceYuan: site.priceCents / 100 },
    ...(telephone ? { telephone } : {}),
    ...(latitude === undefined ? {} : { latitude }),
    ...(longitude === undefined ? {} : { longitude }),
    ...(span ? { weekdays: span.weekdays, opens: span.opens, closes: span.closes } : {}),
  }
}

const TIME = /^([01][0-9]|2[0-4]):[0-5][0-9]$/

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
  const time = [{ required: true, pattern: TIME, message: t('testSites.timeHint') }]
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
                weekdays: [1, 2, 3, 4, 5, 6, 7],
                opens: '08:00',
                closes: '20:00',
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
        <Form.Item name="weekdays" label={t('testSites.weekdays')} rules={required}>
          <Select
            mode="multiple"
            options={[1, 2, 3, 4, 5, 6, 7].map((value) => ({
              value,
              label: t(`testSites.weekday.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="opens" label={t('testSites.opens')} rules={time}>
          <Input maxLength={5} />
        </Form.Item>
        <Form.Item name="closes" label={t('testSites.closes')} rules={time}>
          <Input maxLength={5} />
        </Form.Item>
        <Form.Item name="audience" label={t('testSites.audience')} rules={required}>
          <Select
            options={SITE_AUDIENCES.map((value) => ({ value, label: t(`testSites.audiences.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="priceYuan" label={t('testSites.price')} rules={required}>
          <InputNumber min={0} max={1000} precision={2} />
        </Form.Item>
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
