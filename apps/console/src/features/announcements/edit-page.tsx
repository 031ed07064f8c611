import type { AnnouncementVersion, KeptAnnouncement } from '@jiankangbao/contracts/announcement/schemas'
import { ANNOUNCEMENT_KINDS, type AnnouncementKind } from '@jiankangbao/domain/vocabulary/announcements'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { readStored, writeStored } from '../../api/stored.ts'
import { pathTo } from '../../path-to.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { chosenOf } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import { FilesField } from './files-field.tsx'
import { PhonePreview } from './phone-preview.tsx'
import { WrittenFields } from './written-fields.tsx'
import { toBody, toLocal, toValues, type WrittenValues } from './written-values.ts'
import './announcements.css'

interface Kept {
  of: KeptAnnouncement
  latest: AnnouncementVersion
}

const load = async (announcementId: string): Promise<Kept> => {
  const of = await call('getKeptAnnouncement', { params: { announcementId } })
  const version = String(of.versions[0]?.version ?? 1)
  return { of, latest: await call('getAnnouncementVersion', { params: { announcementId, version } }) }
}

/** One begins here, or its open version is written on, or its next one begins from the last. */
export default function EditPage() {
  const { t } = useTranslation()
  const { announcementId } = useParams()
  const [params] = useSearchParams()
  const query = useQuery({
    queryKey: ['announcements', 'edit', announcementId],
    queryFn: () => load(announcementId ?? ''),
    enabled: announcementId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (announcementId === undefined) {
    const kind = chosenOf(ANNOUNCEMENT_KINDS, params.get('kind') ?? undefined) ?? 'bulletin'
    return (
      <>
        <PageHead title={t('announcements.addOf', { kind: t(`announcements.kinds.${kind}`) })} />
        <Editor kind={kind} />
      </>
    )
  }
  return (
    <>
      <PageHead title={t('announcements.edit')} />
      <QueryView query={query}>
        {(kept) => <Editor key={announcementId} kind={kept.of.kind} kept={kept} />}
      </QueryView>
    </>
  )
}

interface Remembered {
  revision: number
  values: WrittenValues
}

const Editor = ({ kind, kept }: { kind: AnnouncementKind; kept?: Kept }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [form] = Form.useForm<WrittenValues>()
  const [requestId] = useState(createRequestId)
  const { latest, of } = kept ?? {}
  const open = latest !== undefined && latest.state !== 'released'
  const revision = open ? latest.revision : 0
  const key = `announcement.${of?.announcementId ?? kind}`
  const [remembered] = useState(() => readStored<Remembered>(key))
  // What was written over something that changed meanwhile would undo the change.
  const start: WrittenValues =
    remembered?.revision === revision
      ? remembered.values
      : latest
        ? toValues(latest, open)
        : { audience: 'everybody', issuedOn: toLocal(new Date().toISOString())?.slice(0, 10) ?? '' }
  const [values, setValues] = useState(start)
  const change = (next: WrittenValues) => {
    setValues(next)
    writeStored(key, { revision, values: next } satisfies Remembered)
  }
  const save = useAction({
    run: (written: WrittenValues) =>
      of
        ? call('saveAnnouncement', {
            params: { announcementId: of.announcementId },
            body: { revision, draft: toBody(written) },
          })
        : call('addAnnouncement', { body: { requestId, kind, draft: toBody(written) } }),
    refresh: [['announcements']],
    done: t('announcements.saved'),
    onDone: ({ announcementId }) => {
      writeStored(key, undefined)
      void navigate(pathTo('/announcements/:announcementId', { announcementId }))
    },
  })
  const insert = (text: string) => {
    const next = {
      ...values,
      bodyZh: `${values.bodyZh ?? ''}\n\n${text}`,
      ...(values.bodyEn ? { bodyEn: `${values.bodyEn}\n\n${text}` } : {}),
    }
    form.setFieldsValue(next)
    change(next)
  }
  return (
    <div className="announcement-editor">
      <div className="panel">
        {remembered?.revision === revision && (
          <Alert type="info" showIcon title={t('announcements.restored')} style={{ marginBottom: 16 }} />
        )}
        <Form
          form={form}
          layout="vertical"
          initialValues={start}
          onValuesChange={() => change(form.getFieldsValue(true))}
          onFinish={() =>
            save.mutate(form.getFieldsValue(true), { onError: (error) => showFieldErrors(form, t, error) })
          }
          scrollToFirstError
        >
          <WrittenFields kind={kind} later={(latest?.version ?? 0) > (open ? 1 : 0)} />
          {of ? (
            <FilesField announcementId={of.announcementId} files={of.files} onInsert={insert} />
          ) : (
            <p className="quiet">{t('announcements.filesLater')}</p>
          )}
          <Problem error={save.error} />
          <Space style={{ marginTop: 16 }}>
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t('announcements.save')}
            </Button>
            <Button
              onClick={() =>
                void navigate(
                  of
                    ? pathTo('/announcements/:announcementId', { announcementId: of.announcementId })
                    : pathTo('/announcements'),
                )
              }
            >
              {t('app.action.back')}
            </Button>
          </Space>
        </Form>
      </div>
      <PhonePreview values={values} announcementId={of?.announcementId} files={of?.files ?? []} />
    </div>
  )
}
