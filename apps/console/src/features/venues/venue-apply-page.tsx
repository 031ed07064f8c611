import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { readStored, writeStored } from '../../api/stored.ts'
import { pathTo } from '../../path-to.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { VenueFields } from './venue-fields.tsx'
import { toApplication, type VenueValues } from './venue-values.ts'

const DRAFT = 'venueDraft'
const MOST_POINTS = 40
const EMPTY: VenueValues = { points: [''] }

/** Applying for a venue code. The draft survives a closed window, a lost session and a failed sending. */
export default function VenueApplyPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [form] = Form.useForm<VenueValues>()
  // One number for the application however often it is sent: a repeat after a lost answer makes no second venue.
  const [requestId] = useState(createRequestId)
  const apply = useAction({
    run: (values: VenueValues) => call('applyVenue', { body: toApplication(values, requestId) }),
    done: t('venues.applied'),
    refresh: [['venues']],
    onDone: (venue) => {
      writeStored(DRAFT, undefined)
      navigate(pathTo('/venues/:venueId', { venueId: venue.venueId }))
    },
  })
  const [draft, setDraft] = useState(() => readStored<VenueValues>(DRAFT) ?? EMPTY)
  const [generation, setGeneration] = useState(0)
  const discard = (): void => {
    writeStored(DRAFT, undefined)
    setDraft(EMPTY)
    setGeneration(generation + 1)
  }
  return (
    <>
      <PageHead title={t('venues.apply')} />
      <div className="panel" style={{ maxWidth: 720 }}>
        <Form
          form={form}
          layout="vertical"
          scrollToFirstError={{ focus: true }}
          key={generation}
          initialValues={draft}
          onValuesChange={(_, values) => void writeStored(DRAFT, values)}
          onFinish={(values) => apply.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
        >
          <VenueFields required />
          <Points />
          <Problem error={apply.error} />
          <Space wrap>
            <Button type="primary" htmlType="submit" loading={apply.isPending}>
              {t('app.action.submit')}
            </Button>
            <Button onClick={discard}>{t('venues.draftDiscard')}</Button>
            <span className="quiet small">{t('venues.draftKept')}</span>
          </Space>
        </Form>
      </div>
    </>
  )
}

const Points = () => {
  const { t } = useTranslation()
  return (
    <Form.Item label={t('venues.points')} required>
      <Form.List name="points">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }, index) => (
              <PointField
                key={key}
                name={name}
                number={index + 1}
                {...(fields.length > 1 ? { onRemove: () => remove(name) } : {})}
              />
            ))}
            {fields.length < MOST_POINTS && (
              <Button icon={<PlusOutlined />} onClick={() => add('')}>
                {t('venues.addPoint')}
              </Button>
            )}
          </>
        )}
      </Form.List>
    </Form.Item>
  )
}

interface PointProps {
  name: number
  number: number
  /** Absent for the last one that is left: a venue has at least one point. */
  onRemove?: () => void
}

const PointField = ({ name, number, onRemove }: PointProps) => {
  const { t } = useTranslation()
  return (
    <Space.Compact style={{ width: '100%', marginBottom: 8 }}>
      <Form.Item
        name={name}
        noStyle
        rules={[{ required: true, whitespace: true, max: 100, message: t('venues.pointHint') }]}
      >
        <Input
          placeholder={t('venues.pointHint')}
          aria-label={`${t('venues.pointName')} ${number}`}
          maxLength={100}
        />
      </Form.Item>
      {onRemove && (
        <Button icon={<DeleteOutlined />} aria-label={t('venues.removePoint')} onClick={onRemove} />
      )}
    </Space.Compact>
  )
}
