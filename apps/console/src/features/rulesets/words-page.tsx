import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { useMay } from '../../api/session.ts'
import { readStored, writeStored } from '../../api/stored.ts'
import { pathTo } from '../../path-to.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'
import { CheckResult } from './check-result.tsx'
import { DivisionEdits } from './division-edits.tsx'
import { useRulesetInForce } from './in-force.ts'
import { applyEdits, countEdits, NO_EDITS, type WordEdits } from './word-edits.ts'
import { WordsTable } from './words-table.tsx'

const EDITS = 'rulesetWords'

/** Words that lists may write and divisions that came or went: added here as data, decided by two people like every rule. */
export default function WordsPage() {
  const { t } = useTranslation()
  const words = useQuery({ queryKey: ['rulesets', 'list-words'], queryFn: () => call('listListWords', {}) })
  const rules = useRulesetInForce()
  return (
    <>
      <PageHead title={t('listWords.title')} />
      <p className="quiet">{t('listWords.hint')}</p>
      <QueryView query={rules}>
        {({ document }) => (
          <QueryView query={words}>
            {({ fields }) => <Editor fields={fields} document={document as Ruleset} />}
          </QueryView>
        )}
      </QueryView>
    </>
  )
}

type Fields = React.ComponentProps<typeof WordsTable>['fields']

const Editor = ({ fields, document }: { fields: Fields; document: Ruleset }) => {
  const { t } = useTranslation()
  const may = useMay()
  const navigate = useNavigate()
  const [edits, setEdits] = useState(() => readStored<WordEdits>(EDITS) ?? NO_EDITS)
  const [requestId, setRequestId] = useState(createRequestId)
  const change = (next: WordEdits): void => {
    setEdits(next)
    setRequestId(createRequestId())
    writeStored(EDITS, next)
  }
  const checking = useAction({
    run: (next: Ruleset) => call('checkRuleset', { body: { document: next } }),
    refresh: [],
  })
  const creating = useAction({
    run: (next: Ruleset) => call('createRulesetDraft', { body: { requestId, document: next } }),
    refresh: [['rulesets']],
    onDone: ({ draftId }) => {
      writeStored(EDITS, undefined)
      void navigate(pathTo('/ruleset-drafts/:draftId', { draftId }))
    },
  })
  const handIn = (): void => {
    const next = applyEdits(document, edits)
    checking.mutate(next, {
      onSuccess: ({ errorCount }) => {
        if (errorCount === 0) creating.mutate(next)
      },
    })
  }
  const count = countEdits(edits)
  const mayEdit = may('createRulesetDraft')
  return (
    <>
      <WordsTable
        fields={fields}
        document={document}
        edits={edits}
        {...(mayEdit ? { onChange: change } : {})}
      />
      <DivisionEdits document={document} edits={edits} {...(mayEdit ? { onChange: change } : {})} />
      {mayEdit && (
        <section className="panel" aria-labelledby="hand-in">
          <h2 id="hand-in">{t('listWords.handIn')}</h2>
          <p>{t('listWords.handInHint')}</p>
          <Problem error={checking.error ?? creating.error} />
          {checking.data && checking.data.errorCount > 0 && (
            <CheckResult {...checking.data} document={checking.variables} />
          )}
          {count === 0 && <Alert type="info" title={t('listWords.nothing')} style={{ marginBottom: 12 }} />}
          <Space wrap>
            <Button
              type="primary"
              disabled={count === 0}
              loading={checking.isPending || creating.isPending}
              onClick={handIn}
            >
              {t('listWords.create', { count })}
            </Button>
            <Button disabled={count === 0} onClick={() => change(NO_EDITS)}>
              {t('listWords.reset')}
            </Button>
          </Space>
        </section>
      )}
    </>
  )
}
