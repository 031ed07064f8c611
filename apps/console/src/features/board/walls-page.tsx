import type { Wall } from '@jiankangbao/contracts/board/schemas'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Popconfirm, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'

const wallsQuery = queryOptions({
  queryKey: ['walls'],
  queryFn: () => call('listWalls', {}),
  refetchInterval: 30_000,
})

const stateOf = ({ endedAt, makerEnded }: Wall): 'ended' | 'makerEnded' | 'live' => {
  if (endedAt) return 'ended'
  return makerEnded ? 'makerEnded' : 'live'
}

const columns: Column<Wall>[] = [
  { key: 'name', title: 'board.walls.name', primary: true, render: ({ name }) => name },
  { key: 'division', title: 'venues.division', render: ({ divisionName }) => divisionName },
  {
    key: 'state',
    title: 'board.walls.state',
    render: (wall, t) => (
      <Tag color={stateOf(wall) === 'live' ? 'success' : 'default'}>{t(`board.walls.${stateOf(wall)}`)}</Tag>
    ),
  },
  { key: 'seen', title: 'board.walls.seen', render: ({ seenAt }) => formatInstant(seenAt) },
  { key: 'by', title: 'board.walls.pairedBy', render: ({ pairedBy }) => pairedBy },
  { key: 'at', title: 'board.walls.pairedAt', render: ({ pairedAt }) => formatInstant(pairedAt) },
]

const PairForm = () => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ code: string; name: string }>()
  const [params] = useSearchParams()
  const pair = useAction({
    run: (body: { code: string; name: string }) => call('pairWall', { body }),
    refresh: [['walls']],
    done: t('board.walls.paired'),
    onDone: () => form.resetFields(),
  })
  const need = [{ required: true, whitespace: true, message: t('app.action.required') }]
  return (
    <section className="panel" aria-labelledby="pair-wall">
      <h2 id="pair-wall">{t('board.walls.pair')}</h2>
      <p className="quiet">{t('board.walls.lead')}</p>
      <Problem error={pair.error} hideFields />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ code: params.get('code') ?? '' }}
        onFinish={(body) => pair.mutate(body, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item name="code" label={t('board.walls.code')} rules={need}>
          <Input maxLength={20} className="code-text" autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={t('board.walls.name')} extra={t('board.walls.nameHint')} rules={need}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={pair.isPending}>
          {t('board.walls.pair')}
        </Button>
      </Form>
    </section>
  )
}

const EndWall = ({ wall: { wallId } }: { wall: Wall }) => {
  const { t } = useTranslation()
  const end = useAction({
    run: () => call('endWall', { params: { wallId } }),
    refresh: [['walls']],
    done: t('app.action.done'),
  })
  return (
    <Popconfirm
      title={t('board.walls.endConfirm')}
      okText={t('app.action.confirm')}
      cancelText={t('app.action.cancel')}
      onConfirm={() => end.mutate(undefined)}
    >
      <Button size="small" danger loading={end.isPending}>
        {t('board.walls.end')}
      </Button>
    </Popconfirm>
  )
}

/** The walls of the division: pairing one, and ending it. */
export default function WallsPage() {
  const { t } = useTranslation()
  const query = useQuery(wallsQuery)
  return (
    <>
      <PageHead title={t('board.walls.title')} />
      <PairForm />
      <QueryView query={query}>
        {({ walls }) => (
          <DataList
            label={t('board.walls.title')}
            rows={walls}
            rowKey={({ wallId }) => wallId}
            empty={{ title: t('board.walls.none'), hint: t('board.walls.noneHint') }}
            columns={columns}
            actions={(wall) => !wall.endedAt && <EndWall wall={wall} />}
          />
        )}
      </QueryView>
    </>
  )
}
