import type { Import } from '@jiankangbao/contracts/import/schemas'
import { Alert, Progress, Spin } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { ResumeUpload } from './resume-upload.tsx'

/** Where the list stands, in a bar or in words. */
export const ImportState = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  switch (list.state) {
    case 'uploading':
      return <ResumeUpload list={list} />
    case 'waiting':
    case 'checking':
    case 'applying':
    case 'undoing':
      return <Working list={list} />
    case 'checked':
      return <Checked list={list} />
    case 'failed':
      return <Failed list={list} />
    case 'applied':
      return <Applied list={list} />
    case 'undone':
      return list.undone ? <Undone undone={list.undone} replaced={list.impact?.replaced ?? 0} /> : null
    case 'proposed':
      return <Note type="info" title={t('imports.proposed')} />
    case 'rejected':
      return (
        <Note
          type="warning"
          title={t('imports.rejectedText')}
          description={list.decisionReason && t('imports.rejectedFor', { reason: list.decisionReason })}
        />
      )
    default:
      return <Note type="warning" title={t(`imports.${list.state}Text`)} />
  }
}

/** Rows that were overtaken since the check, and had no effect. */
export const countLeft = ({ state, rows, appliedRows = rows }: Import): number =>
  state === 'applied' ? rows - appliedRows : 0

const Applied = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const left = countLeft(list)
  return (
    <Note
      type={left > 0 ? 'warning' : 'success'}
      title={t('imports.appliedRows', { rows: list.appliedRows ?? 0, at: formatInstant(list.appliedAt) })}
      description={left > 0 ? t('imports.appliedLeft', { left }) : undefined}
    />
  )
}

const Undone = ({ undone, replaced }: { undone: NonNullable<Import['undone']>; replaced: number }) => {
  const { t } = useTranslation()
  const { rows, left, by, reason } = undone
  return (
    <Note
      type="warning"
      title={t('imports.undoneRows', { rows, by, at: formatInstant(undone.at) })}
      description={[
        t('imports.undoneFor', { reason }),
        left > 0 && t('imports.undoneLeft', { left }),
        replaced > 0 && t('imports.undoneReplaced', { count: replaced }),
      ]
        .filter(Boolean)
        .join(' ')}
    />
  )
}

/** The same file has a past. */
export const UndoneBefore = ({ before }: { before: NonNullable<Import['undoneBefore']> }) => {
  const { t } = useTranslation()
  return (
    <Alert
      type="info"
      showIcon
      className="import-note"
      data-testid="undone-before"
      title={t('imports.undoneBefore', { at: formatInstant(before.at) })}
      description={
        <Link to={pathTo('/imports/:importId', { importId: before.importId })}>{t('imports.openOther')}</Link>
      }
    />
  )
}

interface NoteProps {
  type: 'success' | 'info' | 'warning'
  title: string
  description?: string | undefined
}

const Note = ({ type, title, description }: NoteProps) => (
  <Alert
    type={type}
    showIcon
    title={title}
    {...(description ? { description } : {})}
    className="import-note"
    data-testid="import-note"
  />
)

const Working = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const { stage = 'reading', done = 0, total = 0 } = list.progress ?? {}
  if (list.state === 'waiting')
    return (
      <Note
        type="info"
        title={`${t('imports.states.waiting')}${t('app.colon')}${t('imports.waitingText')}`}
      />
    )
  return (
    <div role="status" data-testid="import-progress" className="import-note">
      <strong>{t(`imports.stages.${stage}`)}</strong>
      {total > 0 ? (
        <Progress percent={Math.min(100, Math.floor((done / total) * 100))} status="active" />
      ) : (
        <Spin size="small" className="import-spin" />
      )}
      <span className="quiet">
        {total > 0 ? t('imports.ofRows', { done, total }) : t('imports.rowsSoFar', { done })} ·{' '}
        {t('imports.leaveSafely')}
      </span>
    </div>
  )
}

/** Names of the sheets that were not read. */
export const wordUnread = (t: TFunction, { sheets = [] }: Import): string =>
  sheets
    .filter(({ read }) => !read)
    .map(({ name }) => name)
    .join(t('app.comma'))

const Checked = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const bad = list.rows - list.goodRows
  const unread = wordUnread(t, list)
  if (bad === 0)
    return (
      <Note
        type={unread ? 'warning' : 'success'}
        title={t('imports.allGood', { rows: list.rows })}
        description={unread && t('imports.sheetsUnread', { sheets: unread })}
      />
    )
  return (
    <Alert
      type="error"
      showIcon
      className="import-note"
      data-testid="import-refused"
      title={t('imports.someBad', { rows: list.rows, bad })}
      description={t('imports.someBadHint')}
    />
  )
}

const wordFailure = (t: TFunction, { reason, details }: NonNullable<Import['failure']>): string => {
  const columns = details
    .map((column) => t(`imports.columns.${column}`, { defaultValue: column }))
    .join(t('app.comma'))
  return t(`imports.failures.${reason}`, {
    columns,
    rows: details[0] ?? '',
    defaultValue: t('imports.failures.unknown'),
  })
}

const Failed = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const failure = list.failure ?? { reason: 'unknown', details: [] }
  const other = failure.reason === 'same_file' ? failure.details[0] : undefined
  return (
    <Alert
      type="error"
      showIcon
      className="import-note"
      data-testid="import-failure"
      title={wordFailure(t, failure)}
      {...(other
        ? {
            description: (
              <Link to={pathTo('/imports/:importId', { importId: other })}>{t('imports.openOther')}</Link>
            ),
          }
        : {})}
    />
  )
}
