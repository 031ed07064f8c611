import type { VenuePeople as People, Venue, VenueAlarm } from '@jiankangbao/contracts/venue/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Modal } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'
import { venuePeopleQuery } from './venue-queries.ts'

interface Row {
  key: string
  role: string
  who: string
  where: string
  since: string
}

const toRows = (people: People, t: TFunction): Row[] => [
  ...(people.owner
    ? [{ key: 'owner', role: 'owner', who: people.owner.nameMasked, where: t('venues.onPhone'), since: '' }]
    : []),
  ...people.managers.map(({ name, organisation, since }) => ({
    ...{ key: `manager ${name} ${since}`, role: 'manager', who: name, where: organisation, since },
  })),
  ...people.staff.map(({ nameMasked, since }, at) => ({
    ...{ key: `staff ${at}`, role: 'staff', who: nameMasked, where: t('venues.onPhone'), since },
  })),
  ...people.devices.map(({ name, pointName, since }) => ({
    ...{ key: `device ${name} ${since}`, role: 'device', who: name, where: pointName, since },
  })),
]

const columns: Column<Row>[] = [
  { key: 'who', title: 'venues.who', primary: true, render: ({ who }) => who },
  { key: 'role', title: 'venues.role', render: ({ role }, t) => t(`venues.roles.${role}`) },
  { key: 'where', title: 'venues.where', render: ({ where }) => where },
  { key: 'since', title: 'venues.since', render: ({ since }) => (since ? formatInstant(since) : '') },
]

const alarmColumns: Column<VenueAlarm>[] = [
  {
    key: 'kind',
    title: 'venues.alarm',
    primary: true,
    render: ({ kind }, t) => t(`venues.alarmKinds.${kind}`),
  },
  { key: 'point', title: 'venues.pointName', render: ({ pointName }) => pointName },
  { key: 'times', title: 'venues.alarmTimes', render: ({ times }) => times },
  { key: 'lastAt', title: 'venues.alarmLast', render: ({ lastAt }) => formatInstant(lastAt) },
]

/** Who runs the venue and stands at its doors, what its doors told, and handing it over. */
export const VenuePeople = ({ venue }: { venue: Venue }) => {
  const { t } = useTranslation()
  const query = useQuery(venuePeopleQuery(venue.venueId))
  return (
    <QueryView query={query}>
      {(people) => (
        <>
          <section className="panel">
            <h2>{t('venues.alarms')}</h2>
            <DataList
              label={t('venues.alarms')}
              rows={people.alarms}
              rowKey={({ kind, pointName, lastAt }) => `${kind} ${pointName} ${lastAt}`}
              empty={{ title: t('venues.noAlarms'), hint: t('venues.noAlarmsHint') }}
              columns={alarmColumns}
            />
          </section>
          <section className="panel">
            <h2>{t('venues.people')}</h2>
            <DataList
              label={t('venues.people')}
              rows={toRows(people, t)}
              rowKey={({ key }) => key}
              empty={{ title: t('venues.nobody'), hint: t('venues.nobodyHint') }}
              columns={columns}
            />
            <HandOver venue={venue} offers={people.offers} />
          </section>
        </>
      )}
    </QueryView>
  )
}

const HandOver = ({ venue, offers }: { venue: Venue; offers: People['offers'] }) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const { venueId } = venue
  const withdraw = useAction({
    run: (offerId: string) => call('withdrawVenueOffer', { params: { venueId, offerId } }),
    refresh: [['venues']],
    done: t('app.action.done'),
  })
  if (venue.state === 'closed' || venue.state === 'rejected') return null
  return (
    <>
      <Problem error={withdraw.error} />
      {offers.map((offer) => (
        <p key={offer.offerId} data-testid="offer">
          {t(`venues.offered.${offer.kind}`, { phone: offer.phoneMasked })}{' '}
          <span className="quiet small">
            {t('venues.offeredUntil', { at: formatInstant(offer.expiresAt) })}
          </span>{' '}
          <Button size="small" onClick={() => withdraw.mutate(offer.offerId)}>
            {t('venues.withdrawOffer')}
          </Button>
        </p>
      ))}
      <Button onClick={() => setAsking(true)}>{t('venues.handOver')}</Button>
      {asking && <OfferForm venueId={venueId} onClose={() => setAsking(false)} />}
    </>
  )
}

const OfferForm = ({ venueId, onClose }: { venueId: string; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ phone: string }>()
  const [requestId, setRequestId] = useState(createRequestId)
  const offer = useAction({
    run: (phone: string) => call('offerVenue', { params: { venueId }, body: { requestId, phone } }),
    refresh: [['venues']],
    done: t('venues.offerSent'),
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t('venues.handOver')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('venues.offer')}
      cancelText={t('app.action.cancel')}
      confirmLoading={offer.isPending}
    >
      <p>{t('venues.handOverHint')}</p>
      <Problem error={offer.error} hideFields />
      <Form
        form={form}
        layout="vertical"
        onValuesChange={() => setRequestId(createRequestId())}
        onFinish={({ phone }) =>
          offer.mutate(phone.trim(), { onError: (error) => showFieldErrors(form, t, error) })
        }
      >
        <Form.Item
          name="phone"
          label={t('venues.newPhone')}
          rules={[{ required: true, whitespace: true, min: 5, message: t('app.action.required') }]}
        >
          <Input maxLength={24} inputMode="tel" autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
