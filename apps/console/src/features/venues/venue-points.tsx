import type { Point, Venue } from '@jiankangbao/contracts/venue/schemas'
import { Button, Form, Input, Modal, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatDay } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Asked {
  operation: 'rotatePointCode' | 'closePoint'
  point: Point
  requestId: string
}

const runAsked = ({ operation, point, requestId }: Asked, reason: string) => {
  const params = { pointId: point.pointId }
  return operation === 'rotatePointCode'
    ? call(operation, { params, body: { requestId, reason } })
    : call(operation, { params, body: { reason } })
}

const columns: Column<Point>[] = [
  { key: 'name', title: 'venues.pointName', primary: true, render: ({ name }) => name },
  {
    key: 'state',
    title: 'venues.state',
    render: ({ state }, t) => (
      <Tag color={state === 'active' ? 'success' : 'default'}>{t(`venues.pointStates.${state}`)}</Tag>
    ),
  },
  {
    key: 'code',
    title: 'venues.code',
    render: ({ venueCode }, t) =>
      venueCode ? (
        <span className="code-text">{venueCode}</span>
      ) : (
        <span className="quiet">{t('venues.noCode')}</span>
      ),
  },
  { key: 'issued', title: 'venues.codeIssued', render: ({ codeIssuedAt }) => formatDay(codeIssuedAt) },
]

/** Points with their codes: add, replace a code, close, print. */
export const VenuePoints = ({ venue }: { venue: Venue }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [asked, setAsked] = useState<Asked>()
  const [adding, setAdding] = useState(false)
  const change = useAction({
    run: (reason: string) => (asked ? runAsked(asked, reason) : Promise.reject(new Error('nothing asked'))),
    refresh: [['venues']],
    done: t(asked?.operation === 'closePoint' ? 'venues.done.pointClosed' : 'venues.done.rotated'),
    onDone: () => setAsked(undefined),
  })
  const ask = (operation: Asked['operation'], point: Point): void => {
    change.reset()
    setAsked({ operation, point, requestId: createRequestId() })
  }
  const words = asked?.operation === 'closePoint' ? 'closePoint' : 'rotate'
  return (
    <section className="panel">
      <h2>
        {t('venues.points')}
        {may('addPoint') && venue.state !== 'closed' && (
          <Button onClick={() => setAdding(true)}>{t('venues.addPoint')}</Button>
        )}
      </h2>
      <DataList
        label={t('venues.points')}
        rows={venue.points}
        rowKey={({ pointId }) => pointId}
        empty={{ title: t('app.action.none') }}
        columns={columns}
        actions={(point) => point.state === 'active' && <PointActs venue={venue} point={point} onAsk={ask} />}
      />
      <ReasonModal
        open={asked !== undefined}
        title={t(`venues.${words}Title`, { name: asked?.point.name })}
        {...(words === 'rotate' ? { warning: t('venues.rotateWarn') } : {})}
        danger
        busy={change.isPending}
        error={change.error}
        onSubmit={(reason) => change.mutate(reason)}
        onClose={() => setAsked(undefined)}
      />
      {adding && <AddPoint venueId={venue.venueId} onClose={() => setAdding(false)} />}
    </section>
  )
}

interface ActsProps {
  venue: Venue
  point: Point
  onAsk: (operation: Asked['operation'], point: Point) => void
}

const PointActs = ({ venue: { venueId }, point, onAsk }: ActsProps) => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <Space wrap>
      {point.qrText && (
        <Link to={pathTo('/venues/:venueId/posters', { venueId, points: point.pointId })}>
          {t('venues.posterOne')}
        </Link>
      )}
      {may('rotatePointCode') && point.qrText && (
        <Button size="small" onClick={() => onAsk('rotatePointCode', point)}>
          {t('venues.rotate')}
        </Button>
      )}
      {may('closePoint') && (
        <Button size="small" danger onClick={() => onAsk('closePoint', point)}>
          {t('venues.closePoint')}
        </Button>
      )}
    </Space>
  )
}

const AddPoint = ({ venueId, onClose }: { venueId: string; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ name: string }>()
  const [requestId] = useState(createRequestId)
  const add = useAction({
    run: (name: string) => call('addPoint', { params: { venueId }, body: { requestId, name: name.trim() } }),
    refresh: [['venues']],
    done: t('venues.done.pointAdded'),
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t('venues.addPoint')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.save')}
      cancelText={t('app.action.cancel')}
      confirmLoading={add.isPending}
    >
      <Problem error={add.error} hideFields />
      <Form
        form={form}
        layout="vertical"
        onFinish={({ name }) => add.mutate(name, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item
          name="name"
          label={t('venues.pointName')}
          rules={[{ required: true, whitespace: true, max: 100, message: t('app.action.required') }]}
        >
          <Input maxLength={100} placeholder={t('venues.pointHint')} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
