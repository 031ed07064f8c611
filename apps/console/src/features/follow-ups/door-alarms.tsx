import type { DoorAlarm } from '@jiankangbao/contracts/follow-up/schemas'
import { ALARM_ANSWERS, type AlarmAnswer } from '@jiankangbao/domain/vocabulary/follow-ups'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Somebody is out: the page asks every five seconds, so that it shows within ten. */
const ASKED_MS = 5_000
const SHOWN = 10

/** Isolated people who were seen at doors, until somebody has found out why. */
export const DoorAlarms = () => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['follow-ups', 'alarms'],
    queryFn: () => call('listDoorAlarms', { query: { limit: SHOWN } }),
    refetchInterval: ASKED_MS,
  })
  const alarms = query.data?.alarms ?? []
  if (query.isError) return <Problem error={query.error} retry={() => void query.refetch()} />
  if (alarms.length === 0) return null
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="door-alarms"
      style={{ marginBottom: 16 }}
      title={`${t('followUps.alarms.title')} ${alarms.length}${query.data?.nextCursor ? '+' : ''}`}
      description={alarms.map((alarm) => <Line key={alarm.alarmId} alarm={alarm} />)}
    />
  )
}

const Line = ({ alarm }: { alarm: DoorAlarm }) => {
  const { t } = useTranslation()
  const { alarmId, nameMasked, colour, seenAt, venueName, pointName, divisionName } = alarm
  const answering = useAction({
    run: (as: AlarmAnswer) =>
      call('answerDoorAlarm', { params: { alarmId }, body: { requestId: crypto.randomUUID(), as } }),
    refresh: [['follow-ups']],
    done: t('app.action.done'),
  })
  return (
    <div className="door-alarm">
      <div>
        <strong>{nameMasked}</strong> <ColourTag colour={colour} />{' '}
        {t('followUps.alarms.seen', { at: formatInstant(seenAt), place: `${venueName} · ${pointName}` })}
        {divisionName && <span className="quiet small"> {divisionName}</span>}
      </div>
      <Space wrap size={4}>
        {ALARM_ANSWERS.map((as) => (
          <Button
            key={as}
            size="small"
            loading={answering.isPending && answering.variables === as}
            onClick={() => answering.mutate(as)}
          >
            {t(`followUps.alarms.answers.${as}`)}
          </Button>
        ))}
      </Space>
      <Problem error={answering.error} />
    </div>
  )
}
