import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'

/** The estate, zone or area somebody is in, by its name; those that stand are offered, so that it is written the same. */
export const ZoneField = () => {
  const { t } = useTranslation()
  const zones = useQuery({
    queryKey: ['zones', 'names'],
    queryFn: () => call('listZones', { query: { limit: 100 } }),
    staleTime: 60_000,
  })
  const names = (zones.data?.zones ?? []).map(({ name }) => name)
  return (
    <Form.Item name="zone" label={t('people.zone')} extra={t('people.zoneHint')}>
      <AutoComplete
        maxLength={100}
        options={names.map((value) => ({ value }))}
        showSearch={{ filterOption: (input, option) => option?.value.includes(input) ?? false }}
      />
    </Form.Item>
  )
}
