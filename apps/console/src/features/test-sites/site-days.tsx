import type { TestSiteDay } from '@jiankangbao/contracts/booking/schemas'
import type { KeptTestSite } from '@jiankangbao/contracts/test-site/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, InputNumber, Radio, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'

const TIME = /^([01][0-9]|2[0-4]):[0-5][0-9]$/

const columns: Column<TestSiteDay>[] = [
  {
    key: 'day',
    title: 'testSites.day',
    primary: true,
    render: ({ onDate }, t) =>
      `${onDate} ${t(`testSites.weekday.${new Date(`${onDate}T00:00:00Z`).getUTCDay() || 7}`)}`,
  },
  {
    key: 'hours',
    title: 'testSites.hours',
    render: ({ kind, hours, reason }, t) => (
      <>
        {kind === 'usual' ? null : (
          <Tag color={kind === 'closed' ? 'error' : 'warning'}>{t(`testSites.dayKinds.${kind}`)}</Tag>
        )}
        {hours.map(({ opens, closes }) => `${opens}–${closes}`).join(' ')}
        {reason && <div className="quiet small">{reason}</div>}
      </>
    ),
  },
  { key: 'places', title: 'testSites.places', render: ({ places }) => places.toLocaleString() },
  {
    key: 'booked',
    title: 'testSites.bookings',
    render: ({ booked, kept, missed }, t) => t('testSites.bookedKeptMissed', { booked, kept, missed }),
  },
]

/** The next fortnight of a site: what is booked, and days that are not as usual. */
export const SiteDays = ({ site, onClose }: { site: KeptTestSite; onClose: () => void }) => {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<TestSiteDay>()
  const query = useQuery({
    queryKey: ['test-site-days', site.siteId],
    queryFn: () => call('listTestSiteDays', { params: { siteId: site.siteId } }),
  })
  return (
    <Drawer open title={t('testSites.daysOf', { name: site.name })} onClose={onClose} size={760}>
      <p className="quiet">{t('testSites.daysLead')}</p>
      <QueryView query={query}>
        {({ days }) => (
          <DataList
            label={t('testSites.days')}
            rows={days}
            rowKey={({ onDate }) => onDate}
            columns={columns}
            empty={{ title: t('testSites.empty') }}
            actions={(day) => <Button onClick={() => setEditing(day)}>{t('testSites.setDay')}</Button>}
          />
        )}
      </QueryView>
      {editing && (
        <DayDrawer site={site} day={editing} onClose={() => setEditing(undefined)} key={editing.onDate} />
      )}
    </Drawer>
  )
}

interface DayValues {
  kind: TestSiteDay['kind']
  opens: string
  closes: string
  slotCapacity?: number | null
  reason: string
}

const toBody = ({ kind, opens, closes, slotCapacity, reason }: DayValues) => ({
  kind,
  reason,
  ...(kind === 'other' ? { hours: [{ opens, closes }] } : {}),
  ...(kind === 'other' && slotCapacity ? { slotCapacity } : {}),
})

const DayDrawer = ({ site, day, onClose }: { site: KeptTestSite; day: TestSiteDay; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<DayValues>()
  const kind = Form.useWatch('kind', form)
  const save = useAction({
    run: (values: DayValues) =>
      call('setTestSiteDay', {
        params: { siteId: site.siteId, onDate: day.onDate },
        body: toBody(values),
      }),
    done: t('testSites.saved'),
    refresh: [['test-site-days', site.siteId], ['test-sites']],
    onDone: onClose,
  })
  const time = [{ required: true, pattern: TIME, message: t('testSites.timeHint') }]
  const [first] = day.hours
  return (
    <Drawer open title={`${site.name} ${day.onDate}`} onClose={onClose} size={440}>
      <Problem error={save.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          kind: day.kind === 'usual' ? 'closed' : day.kind,
          opens: first?.opens ?? '08:00',
          closes: first?.closes ?? '20:00',
          slotCapacity: day.slotCapacity ?? site.slotCapacity,
          reason: day.reason,
        }}
        onFinish={(values) => save.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item name="kind" label={t('testSites.dayKind')}>
          <Radio.Group
            options={(['closed', 'other', 'usual'] as const).map((value) => ({
              value,
              label: t(`testSites.dayKinds.${value}`),
            }))}
          />
        </Form.Item>
        {kind === 'other' && (
          <>
            <Space>
              <Form.Item name="opens" label={t('testSites.opens')} rules={time}>
                <Input maxLength={5} />
              </Form.Item>
              <Form.Item name="closes" label={t('testSites.closes')} rules={time}>
                <Input maxLength={5} />
              </Form.Item>
            </Space>
            {site.bookable && (
              <Form.Item name="slotCapacity" label={t('testSites.slotCapacity')}>
                <InputNumber min={1} max={2000} precision={0} />
              </Form.Item>
            )}
          </>
        )}
        <Form.Item
          name="reason"
          label={t('testSites.dayReason')}
          rules={[{ required: true, message: t('reasons.required') }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        {kind !== 'usual' && day.booked > 0 && (
          <p role="note">{t('testSites.calledOffHint', { count: day.booked })}</p>
        )}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('app.action.save')}
        </Button>
      </Form>
    </Drawer>
  )
}
