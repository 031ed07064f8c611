import { AlertOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Badge } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { openAlarmsQuery } from './alarm-queries.ts'

/** In the head line of headquarters and auditors: what waits to be taken note of. */
export const AlarmCount = () => {
  const { t } = useTranslation()
  const may = useMay()
  const reads = may('getAlarmFigures')
  const { data } = useQuery({ ...openAlarmsQuery, enabled: reads })
  if (!reads || !data) return null
  const label = data.open > 0 ? t('alarms.open', { count: data.open }) : t('alarms.none')
  return (
    <Link
      to={pathTo('/alarms', { acknowledged: 'false' })}
      className="desk-alarms"
      aria-label={label}
      title={label}
      data-testid="alarm-count"
    >
      <Badge count={data.open} overflowCount={99} size="small">
        <AlertOutlined style={{ fontSize: 20, color: data.open > 0 ? '#b91c1c' : '#5a6675' }} />
      </Badge>
    </Link>
  )
}
