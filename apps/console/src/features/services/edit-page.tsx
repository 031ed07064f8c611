import { ApiError } from '@jiankangbao/api-client/client'
import type { ServiceVersions, WrittenService } from '@jiankangbao/contracts/service/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Input, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { wordReason } from '../../api/error-words.ts'
import { useTexts } from '../../locales/i18n.ts'
import { pathTo } from '../../path-to.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'
import { PhoneGrid } from './phone-grid.tsx'
import { ServiceDrawer } from './service-drawer.tsx'
import { targetOf } from './service-target.ts'

interface Start {
  revision: number
  services: WrittenService[]
  note: string
  origins: string[]
}

interface Row {
  service: WrittenService
  at: number
}

const Title = ({ title }: WrittenService) => <>{useTexts()(title)}</>

const columns: Column<Row>[] = [
  { key: 'title', title: 'services.service', primary: true, render: ({ service }) => <Title {...service} /> },
  { key: 'target', title: 'services.target', render: ({ service }, t) => targetOf(service, t) },
  {
    key: 'viewers',
    title: 'services.viewer',
    render: ({ service }, t) => t(`services.viewers.${service.viewers}`),
  },
]

const load = async (): Promise<Start> => {
  const all: ServiceVersions = await call('listServiceVersions', {})
  const open = all.versions.find(({ state }) => state === 'draft' || state === 'proposed')
  if (!open) return { revision: 0, services: all.services, note: '', origins: all.origins }
  const { services } = await call('getServiceVersion', { params: { version: String(open.version) } })
  return { revision: open.revision, services, note: open.changeNote ?? '', origins: all.origins }
}

/** What the server refused, with the service that it is about. */
const Refused = ({ error, services }: { error: unknown; services: readonly WrittenService[] }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const field = error instanceof ApiError ? error.fields[0] : undefined
  const at = Number(/^services\.(\d+)/.exec(field?.field ?? '')?.[1] ?? Number.NaN)
  const service = services[at]
  if (!field || !service) return <Problem error={error} />
  const reason = wordReason(t, field.reason)
  return (
    <Alert
      type="error"
      showIcon
      title={t('services.wrong', { number: at + 1, title: read(service.title), reason })}
    />
  )
}

const Editor = ({ start }: { start: Start }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const navigate = useNavigate()
  const [services, setServices] = useState(start.services)
  const [note, setNote] = useState(start.note)
  const [editing, setEditing] = useState<number>()
  const save = useAction({
    run: () =>
      call('saveServices', {
        body: { revision: start.revision, services, ...(note.trim() ? { note: note.trim() } : {}) },
      }),
    refresh: [['services']],
    done: t('services.saved'),
    onDone: () => void navigate(pathTo('/services')),
  })
  const move = (from: number, to: number) => {
    const next = [...services]
    const [moved] = next.splice(from, 1)
    if (moved) next.splice(to, 0, moved)
    setServices(next)
  }
  const put = (service: WrittenService) => {
    if (editing === undefined) return
    setServices(
      editing < services.length
        ? services.map((each, at) => (at === editing ? service : each))
        : [...services, service],
    )
    setEditing(undefined)
  }
  const rows = services.map((service, at) => ({ service, at }))
  return (
    <div className="service-editor">
      <div className="panel">
        <DataList
          label={t('services.title')}
          rows={rows}
          rowKey={({ at }) => String(at)}
          columns={columns}
          empty={{ title: t('services.empty'), hint: t('services.emptyHint') }}
          actions={({ service, at }) => (
            <Space wrap>
              <Button
                disabled={at === 0}
                aria-label={t('services.up', { title: read(service.title) })}
                onClick={() => move(at, at - 1)}
              >
                ↑
              </Button>
              <Button
                disabled={at === services.length - 1}
                aria-label={t('services.down', { title: read(service.title) })}
                onClick={() => move(at, at + 1)}
              >
                ↓
              </Button>
              <Button onClick={() => setEditing(at)}>{t('services.change')}</Button>
              <Button danger onClick={() => setServices(services.filter((_, each) => each !== at))}>
                {t('services.remove')}
              </Button>
            </Space>
          )}
        />
        <Space orientation="vertical" style={{ marginTop: 16, width: '100%' }}>
          <Button onClick={() => setEditing(services.length)}>{t('services.add')}</Button>
          <label htmlFor="services-note">
            {t('services.note')}
            <Input.TextArea
              id="services-note"
              rows={2}
              maxLength={300}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </label>
          <Refused error={save.error} services={services} />
          <Space>
            <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
              {t('services.save')}
            </Button>
            <Button onClick={() => void navigate(pathTo('/services'))}>{t('app.action.back')}</Button>
          </Space>
        </Space>
      </div>
      <PhoneGrid services={services} />
      {editing !== undefined && (
        <ServiceDrawer
          key={editing}
          service={services[editing]}
          origins={start.origins}
          onDone={put}
          onClose={() => setEditing(undefined)}
        />
      )}
    </div>
  )
}

/** The next version of the services, begun from what counts now, or the draft that is open. */
export default function EditServicesPage() {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['services', 'edit'],
    queryFn: load,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  return (
    <>
      <PageHead title={t('services.edit')} />
      <QueryView query={query}>{(start) => <Editor start={start} />}</QueryView>
    </>
  )
}
