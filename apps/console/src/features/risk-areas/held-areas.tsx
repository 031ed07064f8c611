import type { HeldRiskArea } from '@jiankangbao/contracts/risk-area/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Space, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

const REFRESH_MS = 30_000

/** Rated areas whose codes are no place known here, and for headquarters the word which place is meant. */
export const HeldAreas = () => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['held-risk-areas'],
    queryFn: () => call('listHeldRiskAreas', {}),
    refetchInterval: REFRESH_MS,
  })
  const areas = query.data?.areas ?? []
  const waiting = areas.filter(({ decided }) => decided === undefined)
  if (areas.length === 0) return null
  return (
    <Alert
      type={waiting.length > 0 ? 'error' : 'info'}
      showIcon
      style={{ marginBottom: 16 }}
      data-testid="held-areas"
      title={
        waiting.length > 0
          ? t('riskAreas.unplacedTitle', { count: waiting.length })
          : t('riskAreas.placedTitle', { count: areas.length })
      }
      description={
        <>
          {waiting.length > 0 && <p>{t('riskAreas.unplacedText')}</p>}
          {areas.map((area) => (
            <HeldArea key={area.areaId} area={area} />
          ))}
        </>
      }
    />
  )
}

const HeldArea = ({ area }: { area: HeldRiskArea }) => {
  const { t } = useTranslation()
  const may = useMay()
  const [open, setOpen] = useState(false)
  const { decided } = area
  return (
    <div style={{ marginBottom: 8 }} data-testid="held-area">
      <Space wrap>
        <strong>{area.name}</strong>
        <span className="quiet small">{area.divisionCode}</span>
        <Tag>{t(`riskAreas.levels.${area.level}`)}</Tag>
        <span className="quiet small">
          {t(area.source === 'file' ? 'riskAreas.file' : 'riskAreas.feed')} {formatInstant(area.validFrom)}
        </span>
        {may('placeRiskArea') && (
          <Button size="small" onClick={() => setOpen(true)}>
            {t(decided ? 'riskAreas.placeAgain' : 'riskAreas.place')}
          </Button>
        )}
      </Space>
      {decided && (
        <div className="quiet small">
          {decided.placeName
            ? t('riskAreas.placedAs', { place: decided.placeName, code: decided.divisionCode })
            : t('riskAreas.setAside')}
          {t('app.comma')}
          {decided.by} {formatInstant(decided.at)}
          {t('app.colon')}
          {decided.note}
        </div>
      )}
      {open && <PlaceModal area={area} onClose={() => setOpen(false)} />}
    </div>
  )
}

interface Placing {
  /** Empty: it has nothing to do with this city. */
  divisionCode?: string
  note: string
}

const PlaceModal = ({ area, onClose }: { area: HeldRiskArea; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Placing>()
  const placing = useAction({
    run: ({ divisionCode = '', note }: Placing) => {
      const code = divisionCode.trim()
      return call('placeRiskArea', {
        params: { areaId: area.areaId },
        body: { note, ...(code === '' ? {} : { divisionCode: code }) },
      })
    },
    refresh: [['held-risk-areas'], ['risk-areas']],
    done: t('riskAreas.decided'),
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t('riskAreas.placeTitle', { name: area.name, code: area.divisionCode })}
      okText={t('riskAreas.place')}
      onOk={() => form.submit()}
      confirmLoading={placing.isPending}
      onCancel={onClose}
    >
      <p>{t('riskAreas.placeText')}</p>
      <Problem error={placing.error} />
      <Form form={form} layout="vertical" onFinish={(values) => placing.mutate(values)}>
        <Form.Item name="divisionCode" label={t('riskAreas.placeCode')} extra={t('riskAreas.placeCodeHint')}>
          <Input maxLength={60} inputMode="numeric" autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="note"
          label={t('riskAreas.placeNote')}
          rules={[{ required: true, min: 2, whitespace: true, message: t('app.action.required') }]}
        >
          <Input.TextArea maxLength={400} rows={2} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
