import type { RulesetError, RulesetWarning } from '@jiankangbao/contracts/schemas/ruleset'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Input, Space, Upload } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { readStored, writeStored } from '../../api/stored.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Warnings } from './warnings.tsx'

const DRAFT = 'rulesetDraft'

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
        <QueryView query={query}>
          {({ document }) => <Editor start={JSON.stringify(document, undefined, 2)} />}
        </QueryView>
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
      void navigate(`/ruleset-drafts/${draftId}`)
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
      {checking.data && <Findings {...checking.data} />}
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

interface FindingsProps {
  errors: RulesetError[]
  errorCount: number
  warnings: RulesetWarning[]
}

const Findings = ({ errors, errorCount, warnings }: FindingsProps) => {
  const { t } = useTranslation()
  return (
    <div style={{ marginTop: 12 }} role="status" data-testid="ruleset-findings">
      {errorCount === 0 ? (
        <Alert type="success" showIcon title={t('rulesets.noErrors')} />
      ) : (
        <Alert
          type="error"
          showIcon
          title={t('rulesets.errors', { count: errorCount })}
          description={
            <ul className="plain-list">
              {errors.map(({ path, reason }) => (
                <li key={`${path} ${reason}`}>
                  <code className="code-text">{path || '/'}</code> {reason}
                </li>
              ))}
            </ul>
          }
        />
      )}
      <Warnings warnings={warnings} />
    </div>
  )
}
