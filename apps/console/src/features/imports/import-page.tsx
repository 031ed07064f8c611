import type { Import } from '@jiankangbao/contracts/import/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Descriptions } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { formatInstant } from '../../api/instants.ts'
import { useMe } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { OpenButton } from '../../ui/open-button.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { formatBytes } from './file-size.ts'
import { CancelButton, ProposeButton } from './import-acts.tsx'
import { Effect } from './import-effect.tsx'
import { Problems } from './import-problems.tsx'
import { importQuery } from './import-queries.ts'
import { countLeft, ImportState, UndoneBefore } from './import-state.tsx'
import './imports.css'
import { StateTag } from './state-tag.tsx'
import { UndoPanel } from './undo-panel.tsx'

/** One list: how far it is, what is wrong with it, what it would do, and the next step. */
export default function ImportPage() {
  const { t } = useTranslation()
  const { importId = '' } = useParams()
  const query = useQuery(importQuery(importId))
  return (
    <>
      <PageHead title={query.data?.fileName ?? t('imports.title')} />
      <QueryView query={query}>{(list) => <Shown list={list} />}</QueryView>
    </>
  )
}

const Shown = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const bad = list.rows - list.goodRows
  const left = countLeft(list)
  return (
    <>
      <div className="panel">
        <Facts list={list} />
        <ImportState list={list} />
        {list.undoneBefore && <UndoneBefore before={list.undoneBefore} />}
        <Acts list={list} />
      </div>
      {bad + left > 0 && (
        <Problems list={list} title={t(left > 0 ? 'imports.leftTitle' : 'imports.problemTitle')} />
      )}
      <UndoPanel list={list} />
      {list.impact && <Effect kind={list.kind} impact={list.impact} undecided={list.state === 'checked'} />}
    </>
  )
}

const wordSheetsRead = (t: TFunction, { sheets = [] }: Import): string =>
  sheets
    .filter(({ read }) => read)
    .map(({ name, rows }) => t('imports.sheetRows', { name, rows }))
    .join(t('app.comma'))

const Facts = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const facts: [string, React.ReactNode][] = [
    [t('imports.kind'), t(`imports.kinds.${list.kind}`)],
    [
      t('imports.file'),
      `${list.fileName} · ${formatBytes(list.fileBytes)}${list.sheet ? ` · ${list.sheet}` : ''}`,
    ],
    [t('imports.sheetsRead'), wordSheetsRead(t, list)],
    [t('venues.state'), <StateTag key="state" state={list.state} />],
    [t('imports.laboratory'), list.laboratory ?? ''],
    [t('imports.evidence'), list.evidence],
    [t('imports.source'), list.source],
    [t('imports.uploadedBy'), `${list.uploadedBy} · ${formatInstant(list.uploadedAt)}`],
    [t('imports.checkedAt'), formatInstant(list.checkedAt)],
  ]
  return (
    <Descriptions
      column={{ xs: 1, md: 2 }}
      bordered
      size="small"
      className="import-note"
      items={facts
        .filter(([, value]) => value !== '')
        .map(([label, children]) => ({ key: label, label, children }))}
    />
  )
}

const Acts = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { roles } = useMe()
  const good = list.rows > 0 && list.rows === list.goodRows
  const open = ['uploading', 'waiting', 'checking', 'checked'].includes(list.state)
  const ended = ['failed', 'rejected', 'expired', 'cancelled', 'undone'].includes(list.state)
  return (
    <div className="import-actions">
      {list.mine && list.state === 'checked' && good && <ProposeButton list={list} />}
      {list.proposalId && !roles.includes('lab') && (
        <OpenButton
          to={pathTo('/proposals/:proposalId?', { proposalId: list.proposalId, state: 'all' })}
          words="imports.openProposal"
        />
      )}
      {(ended || (list.state === 'checked' && !good)) && list.mine && (
        <Button type="primary" onClick={() => void navigate(pathTo('/imports/new'))}>
          {t('imports.again')}
        </Button>
      )}
      {open && (list.mine || roles.includes('hq')) && <CancelButton importId={list.importId} />}
    </div>
  )
}
