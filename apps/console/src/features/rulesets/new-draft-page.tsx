import { RULESET_SCHEMA } from '@jiankangbao/domain/status/ruleset-schema'
import { NINTH_EDITION } from '@jiankangbao/domain/status/rulesets/ninth-edition'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Input, Space, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { saveFile } from '../../api/save-file.ts'
import { readStored, writeStored } from '../../api/stored.ts'
import { pathTo } from '../../path-to.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'
import { CheckResult } from './check-result.tsx'

const DRAFT = 'rulesetDraft'

const toText = (document: unknown): string => JSON.stringify(document, undefined, 2)

/** A ruleset written or changed here, checked place by place, and kept as a draft. */
export default function NewDraftPage() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const from = params.get('from')
  const query = useQuery({
    queryKey: ['rulesets', 'document', from],
    queryFn: () => call('getRuleset', { params: { rulesetId: from ?? '' } }),
    enabled: from !== null,
  })
  return (
    <>
      <PageHead title={t('rulesets.upload')} />
      {from === null ? (
        <Editor start={readStored<string>(DRAFT) ?? ''} />
      ) : (
        <QueryView query={query}>{({ document }) => <Editor start={toText(document)} />}</QueryView>
      )}
    </>
  )
}

type Parsed = { ok: true; document: unknown } | { ok: false; message: string }

const parse = (text: string): Parsed => {
  try {
    return { ok: true, document: JSON.parse(text) }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : '' }
  }
}

const Editor = ({ start }: { start: string }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [text, setText] = useState(start)
  const [broken, setBroken] = useState<string>()
  const [requestId, setRequestId] = useState(createRequestId)
  const checking = useAction({
    run: (document: unknown) => call('checkRuleset', { body: { document } }),
    refresh: [],
  })
  const creating = useAction({
    run: (document: unknown) => call('createRulesetDraft', { body: { requestId, document } }),
    refresh: [['rulesets']],
    onDone: ({ draftId }) => {
      writeStored(DRAFT, undefined)
      void navigate(pathTo('/ruleset-drafts/:draftId', { draftId }))
    },
  })
  const change = (next: string): void => {
    setText(next)
    setRequestId(createRequestId())
    writeStored(DRAFT, next)
  }
  const check = (keep: boolean): void => {
    const parsed = parse(text)
    setBroken(parsed.ok ? undefined : parsed.message)
    if (!parsed.ok) return
    checking.mutate(parsed.document, {
      onSuccess: ({ errorCount }) => {
        if (keep && errorCount === 0) creating.mutate(parsed.document)
      },
    })
  }
  return (
    <div className="panel">
      <Space wrap style={{ marginBottom: 12 }}>
        <Upload
          accept=".json"
          showUploadList={false}
          beforeUpload={(file) => {
            void file.text().then(change)
            return false
          }}
        >
          <Button>{t('rulesets.openFile')}</Button>
        </Upload>
        <Button onClick={() => change(toText(NINTH_EDITION))}>{t('rulesets.ninthEdition')}</Button>
        <Button onClick={() => saveFile(toText(RULESET_SCHEMA), 'ruleset.schema.json', 'application/json')}>
          {t('rulesets.schema')}
        </Button>
        <span className="quiet small">{t('rulesets.documentHint')}</span>
      </Space>
      <Input.TextArea
        aria-label={t('rulesets.document')}
        className="code-text"
        rows={20}
        value={text}
        spellCheck={false}
        onChange={({ target }) => change(target.value)}
      />
      {broken !== undefined && (
        <Alert
          type="error"
          showIcon
          title={t('rulesets.notJson', { message: broken })}
          style={{ marginTop: 12 }}
        />
      )}
      <Problem error={checking.error ?? creating.error} />
      {checking.data && <CheckResult {...checking.data} document={checking.variables} />}
      <Space style={{ marginTop: 16 }}>
        <Button type="primary" loading={checking.isPending || creating.isPending} onClick={() => check(true)}>
          {t('rulesets.create')}
        </Button>
        <Button disabled={checking.isPending} onClick={() => check(false)}>
          {t('rulesets.check')}
        </Button>
      </Space>
    </div>
  )
}
