import type { CommunityCount, MissedPerson } from '@jiankangbao/contracts/round/schemas'
import { Alert, Button, Drawer, Form, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

const columns: Column<MissedPerson>[] = [
  { key: 'name', title: 'testRounds.person', primary: true, render: ({ name }) => name },
  {
    key: 'roster',
    title: 'testRounds.rosterName',
    render: ({ rosterName, place }, t) =>
      place === undefined
        ? t('testRounds.noBuilding')
        : `${rosterName ?? ''} ${t('testRounds.place', { place })}`,
  },
  {
    key: 'statement',
    title: 'testRounds.statement',
    render: ({ statement }, t) =>
      statement
        ? `${t(`testRounds.grounds.${statement.reason}`)}${statement.note ? `：${statement.note}` : ''}`
        : '',
  },
  {
    key: 'exempt',
    title: 'testRounds.state',
    render: ({ exempt, absentAt }, t) => (
      <>
        <Tag color={exempt ? 'default' : 'warning'}>
          {t(exempt ? 'testRounds.exempt' : 'testRounds.missing')}
        </Tag>
        {absentAt && t('testRounds.absentAt', { at: formatInstant(absentAt) })}
      </>
    ),
  },
]

interface Props {
  roundId: string
  count: CommunityCount
  onClose: () => void
}

/** Who of the own community is missing. Asked with a purpose: each name is a look-up that its person reads. */
export const MissingDrawer = ({ roundId, count, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ purpose: string }>()
  const [exempting, setExempting] = useState<MissedPerson>()
  const params = { roundId }
  const { divisionCode, rosterId } = count
  const look = useAction({
    run: ({ purpose }: { purpose: string }) =>
      call('listMissedPeople', {
        params,
        body: { divisionCode, purpose: purpose.trim(), ...(rosterId ? { rosterId } : {}) },
      }),
    refresh: [],
  })
  const exempt = useAction({
    run: (reason: string) =>
      call('exemptFromTestRound', { params, body: { personId: exempting?.personId ?? '', reason } }),
    refresh: [['test-round', roundId]],
    onDone: () => {
      setExempting(undefined)
      form.submit()
    },
  })
  return (
    <Drawer
      open
      size={640}
      title={`${t('testRounds.whoIsMissing')} · ${count.divisionName} ${count.rosterName ?? ''}`}
      onClose={onClose}
    >
      <Alert type="info" title={t('testRounds.lookedUp')} style={{ marginBottom: 16 }} />
      <Problem error={look.error} />
      <Form form={form} layout="vertical" onFinish={(values) => look.mutate(values)}>
        <PurposeField />
        <Button type="primary" htmlType="submit" loading={look.isPending}>
          {t('testRounds.showMissing')}
        </Button>
      </Form>
      {look.data && (
        <DataList
          label={t('testRounds.whoIsMissing')}
          rows={look.data.people}
          rowKey={({ personId, rosterName }) => `${personId} ${rosterName ?? ''}`}
          columns={columns}
          empty={{ title: t('testRounds.nobodyMissing') }}
          actions={(person) =>
            person.exempt ? null : (
              <Button onClick={() => setExempting(person)}>{t('testRounds.exemptThem')}</Button>
            )
          }
        />
      )}
      {look.data?.more && <p className="quiet">{t('testRounds.more')}</p>}
      <ReasonModal
        open={exempting !== undefined}
        title={t('testRounds.exemptTitle', { name: exempting?.name ?? '' })}
        busy={exempt.isPending}
        error={exempt.error}
        onSubmit={(reason) => exempt.mutate(reason)}
        onClose={() => setExempting(undefined)}
      />
    </Drawer>
  )
}
