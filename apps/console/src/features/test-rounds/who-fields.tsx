import { useQuery } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'

/** As many zones as a round may ask for at once. */
const MOST_ZONES = 100

/** Rosters that the own division keeps. */
export const RostersField = () => {
  const { t } = useTranslation()
  const rosters = useQuery({ queryKey: ['rosters'], queryFn: () => call('listRosters', {}) })
  return (
    <Form.Item
      name="rosterIds"
      label={t('testRounds.rosters')}
      rules={[{ required: true, message: t('reasons.required') }]}
    >
      <Select
        mode="multiple"
        optionFilterProp="label"
        loading={rosters.isPending}
        options={(rosters.data?.rosters ?? []).map((each) => ({
          value: each.rosterId,
          label: `${each.divisionName} ${each.name}（${each.people}）`,
        }))}
      />
    </Form.Item>
  )
}

/** Zones of the own division with somebody in them. */
export const ZonesField = () => {
  const { t } = useTranslation()
  const zones = useQuery({
    queryKey: ['zones', 'of-rounds'],
    queryFn: () => call('listZones', { query: { limit: MOST_ZONES } }),
  })
  return (
    <Form.Item
      name="zoneIds"
      label={t('testRounds.zones')}
      extra={t(zones.data?.zones.length === 0 ? 'testRounds.noZones' : 'testRounds.zonesHint')}
      rules={[{ required: true, message: t('reasons.required') }]}
    >
      <Select
        mode="multiple"
        optionFilterProp="label"
        loading={zones.isPending}
        options={(zones.data?.zones ?? []).map((each) => ({
          value: each.zoneId,
          label: `${each.divisionName} ${each.name}（${each.persons}）`,
        }))}
      />
    </Form.Item>
  )
}
