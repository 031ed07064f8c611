import type { ImportKind } from '@jiankangbao/contracts/import/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { saveFile } from '../../api/save-file.ts'
import { readStored, writeStored } from '../../api/stored.ts'
import { pathTo } from '../../path-to.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { refuseFile } from './choose-file.ts'
import { FileField } from './file-field.tsx'
import { laboratoriesQuery } from './import-queries.ts'
import './imports.css'
import { useKinds, useOwnSource } from './kinds.ts'
import { UploadProgress } from './upload-progress.tsx'
import { useUpload } from './use-upload.ts'

interface Values {
  kind: ImportKind
  partnerId?: string
  evidence: string
  source: string
  sheet?: string
}

const DRAFT = 'importDraft'

/** Choosing a kind and a file, and sending it. All but the file survives a closed window. */
export default function NewImportPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const kinds = useKinds()
  const ownSource = useOwnSource()
  const [form] = Form.useForm<Values>()
  const [file, setFile] = useState<File>()
  const [refused, setRefused] = useState<string>()
  // One number for one file however often the button is pressed.
  const [requestId, setRequestId] = useState(createRequestId)
  const { state, upload } = useUpload()
  const sending = useAction({
    run: async ({ values, chosen }: { values: Values; chosen: File }) => {
      const { sheet, partnerId, ...rest } = values
      const list = await call('createImport', {
        body: {
          ...rest,
          requestId,
          fileName: chosen.name.slice(-200),
          fileBytes: chosen.size,
          ...(sheet ? { sheet } : {}),
          ...(values.kind === 'test_results' && partnerId ? { partnerId } : {}),
        },
      })
      return list.state === 'uploading' ? upload(list, chosen) : list
    },
    refresh: [['imports']],
    onDone: ({ importId }) => {
      writeStored(DRAFT, undefined)
      void navigate(pathTo('/imports/:importId', { importId }))
    },
  })
  const choose = (chosen: File): void => {
    setFile(chosen)
    setRefused(refuseFile(chosen))
    setRequestId(createRequestId())
  }
  const submit = (values: Values): void => {
    const refusal = refuseFile(file)
    setRefused(refusal)
    if (file && !refusal)
      sending.mutate({ values, chosen: file }, { onError: (error) => showFieldErrors(form, t, error) })
  }
  return (
    <>
      <PageHead title={t('imports.upload')} />
      <div className="panel import-form">
        <Alert type="info" showIcon title={t('imports.noEffect')} className="import-note" />
        <Form
          form={form}
          layout="vertical"
          scrollToFirstError={{ focus: true }}
          disabled={sending.isPending}
          initialValues={{
            kind: kinds[0],
            ...readStored<Values>(DRAFT),
            ...(ownSource === undefined ? {} : { source: ownSource }),
          }}
          onValuesChange={(_, values) => void writeStored(DRAFT, values)}
          onFinish={submit}
          onFinishFailed={() => setRefused(refuseFile(file))}
        >
          <KindField kinds={kinds} />
          <LaboratoryField />
          <Form.Item
            label={t('imports.file')}
            required
            {...(refused ? { validateStatus: 'error' as const, help: t(`imports.${refused}`) } : {})}
          >
            <FileField file={file} onFile={choose} />
          </Form.Item>
          <Form.Item
            name="evidence"
            label={t('imports.evidence')}
            extra={t('imports.evidenceHint')}
            rules={[
              {
                required: true,
                whitespace: true,
                min: 4,
                max: 500,
                message: t('app.action.tooShort', { min: 4 }),
              },
            ]}
          >
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item
            name="source"
            label={t('imports.source')}
            rules={[
              {
                required: true,
                whitespace: true,
                min: 2,
                max: 100,
                message: t('app.action.tooShort', { min: 2 }),
              },
            ]}
          >
            <Input maxLength={100} disabled={ownSource !== undefined} />
          </Form.Item>
          <Form.Item name="sheet" label={t('imports.sheet')} extra={t('imports.sheetHint')}>
            <Input maxLength={100} />
          </Form.Item>
          <Problem error={sending.error} />
          {state && file && <UploadProgress state={state} fileBytes={file.size} />}
          <div className="import-actions">
            <Button type="primary" htmlType="submit" loading={sending.isPending} disabled={sending.isPending}>
              {t('imports.start')}
            </Button>
            <span className="quiet small">{t('imports.draftKept')}</span>
          </div>
        </Form>
      </div>
    </>
  )
}

const KindField = ({ kinds }: { kinds: readonly ImportKind[] }) => {
  const { t } = useTranslation()
  const kind = Form.useWatch<ImportKind | undefined>('kind') ?? kinds[0]
  const template = useAction({
    run: (wanted: ImportKind) => call('exportImportTemplate', { params: { kind: wanted } }),
    refresh: [],
    onDone: (text, wanted) => saveFile(text, `${t(`imports.kinds.${wanted}`)}.csv`),
  })
  return (
    <>
      <Form.Item
        name="kind"
        label={t('imports.kind')}
        extra={kind && t(`imports.kindHints.${kind}`)}
        rules={[{ required: true, message: t('app.action.required') }]}
      >
        <Radio.Group
          optionType="button"
          options={kinds.map((each) => ({ value: each, label: t(`imports.kinds.${each}`) }))}
        />
      </Form.Item>
      <Problem error={template.error} />
      <p className="import-template">
        <Button onClick={() => kind && template.mutate(kind)} loading={template.isPending}>
          {t('imports.template')}
        </Button>{' '}
        <span className="quiet small">{t('imports.templateHint')}</span>
      </p>
    </>
  )
}

const LaboratoryField = () => {
  const kind = Form.useWatch<ImportKind | undefined>('kind')
  return kind === 'test_results' ? <Laboratories /> : null
}

const Laboratories = () => {
  const { t } = useTranslation()
  const own = useOwnSource() !== undefined
  const query = useQuery(laboratoriesQuery)
  const laboratories = query.data?.laboratories ?? []
  return (
    <>
      <Problem error={query.error} retry={() => void query.refetch()} />
      <Form.Item
        name="partnerId"
        label={t('imports.laboratory')}
        extra={
          query.data && laboratories.length === 0
            ? t(own ? 'imports.noOwnLaboratory' : 'imports.noLaboratory')
            : t('imports.laboratoryHint')
        }
        rules={[{ required: true, message: t('app.action.required') }]}
      >
        <Select
          loading={query.isPending}
          options={laboratories.map(({ partnerId, name }) => ({ value: partnerId, label: name }))}
        />
      </Form.Item>
    </>
  )
}
