import type { Case } from '@jiankangbao/contracts/tracing/schemas'
import { Alert, Button, Descriptions, Form, Input, Modal, Radio, Space } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant, parseLocalInput, toLocalInput } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { InstantField } from '../../ui/evidence-fields.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { OpenButton } from '../../ui/open-button.tsx'
import { Problem } from '../../ui/problem.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { CaseProgress } from './case-progress.tsx'
import { CaseStateTag } from './case-state.tsx'
import { OptionalInstant } from './open-case-drawer.tsx'
import { type Editing, useCaseAction } from './use-case-action.ts'

interface Props {
  opened: Case
  editing: Editing
}

/** Who it is where that may be shown, by what it was opened, and when it was infectious. */
export const CaseFacts = ({ opened, editing }: Props) => {
  const { t } = useTranslation()
  const [act, setAct] = useState<'window' | 'end'>()
  const facts: [string, ReactNode][] = [
    [t('cases.state'), <CaseStateTag key="state" state={opened.state} />],
    [t('cases.person'), <Patient key="person" opened={opened} />],
    [t('cases.basis'), `${t(`cases.bases.${opened.basis}`)} · ${opened.evidence}`],
    [t('cases.division'), opened.divisionName],
    [t('cases.anchor'), formatInstant(opened.anchorAt)],
    [t('cases.isolated'), opened.isolatedAt ? formatInstant(opened.isolatedAt) : t('cases.notIsolated')],
    [
      t('cases.window'),
      <span key="window" data-testid="case-window">
        {formatInstant(opened.infectiousFrom)} – {formatInstant(opened.infectiousUntil)}
      </span>,
    ],
    [t('cases.opened'), `${opened.openedBy} · ${formatInstant(opened.openedAt)}`],
  ]
  return (
    <div className="panel">
      <CaseProgress opened={opened} />
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={facts.map(([label, children]) => ({ key: label, label, children }))}
      />
      {opened.visitsFrom && (
        <Alert type="warning" showIcon title={t('cases.visitsFrom', { on: opened.visitsFrom })} />
      )}
      {opened.state === 'negative' && <Alert type="success" showIcon title={t('cases.negativeHint')} />}
      <ExposedBy opened={opened} />
      <Space wrap className="case-acts">
        {opened.state === 'open' && (
          <>
            <Button onClick={() => setAct('window')}>{t('cases.changeWindow')}</Button>
            <Button onClick={() => setAct('end')}>{t('cases.end')}</Button>
          </>
        )}
        {opened.proposalId && (
          <OpenButton
            to={pathTo('/proposals/:proposalId?', { proposalId: opened.proposalId })}
            words="cases.openProposal"
          />
        )}
      </Space>
      <WindowModal
        opened={opened}
        editing={editing}
        open={act === 'window'}
        onClose={() => setAct(undefined)}
      />
      <EndModal opened={opened} editing={editing} open={act === 'end'} onClose={() => setAct(undefined)} />
    </div>
  )
}

const Patient = ({ opened: { person } }: { opened: Case }) => {
  const { t } = useTranslation()
  const may = useMay()
  if (!person) return <span className="quiet">{t('cases.noName')}</span>
  return (
    <>
      {person.nameMasked} <ColourTag colour={person.colour} />{' '}
      {may('getPerson') && (
        <Link to={pathTo('/people/:personId?', { personId: person.personId })}>{t('cases.openPerson')}</Link>
      )}
    </>
  )
}

/** The patient was a contact before: of whom, where and when. */
const ExposedBy = ({ opened: { exposedBy } }: { opened: Case }) => {
  const { t } = useTranslation()
  if (exposedBy.length === 0) return null
  return (
    <div data-testid="exposed-by">
      <h3>{t('cases.exposedBy')}</h3>
      <ul className="plain-list">
        {exposedBy.map(({ caseId, group, minutes, metAt, venueName, mayOpen }) => (
          <li key={`${caseId} ${metAt ?? ''} ${venueName ?? ''}`}>
            {mayOpen ? (
              <Link to={pathTo('/cases/:caseId', { caseId })}>{t('cases.number', { caseId })}</Link>
            ) : (
              t('cases.number', { caseId })
            )}{' '}
            · {t(`proposals.caseGroups.${group}`)} · {t('cases.minutes', { count: minutes })}
            {metAt && ` · ${formatInstant(metAt)}`}
            {venueName && ` · ${venueName}`}
          </li>
        ))}
      </ul>
    </div>
  )
}

interface ModalProps extends Props {
  open: boolean
  onClose: () => void
}

const WindowModal = ({ opened, editing, open, onClose }: ModalProps) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ anchorAt: string; isolatedAt?: string; note?: string }>()
  const change = useCaseAction(editing, {
    run: ({ anchorAt, isolatedAt, note }: { anchorAt: string; isolatedAt?: string; note?: string }) => {
      const anchor = parseLocalInput(anchorAt)
      const isolated = parseLocalInput(isolatedAt ?? '')
      return call('changeCase', {
        params: { caseId: opened.caseId },
        body: {
          version: opened.version,
          ...(anchor ? { anchorAt: anchor } : {}),
          ...(isolated ? { isolatedAt: isolated } : {}),
          ...(note?.trim() ? { note: note.trim() } : {}),
        },
      })
    },
    done: t('app.action.done'),
    onDone: onClose,
  })
  return (
    <Modal
      open={open}
      title={t('cases.changeWindow')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.save')}
      cancelText={t('app.action.cancel')}
      confirmLoading={change.isPending}
      destroyOnHidden
    >
      <Problem error={change.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          anchorAt: toLocalInput(Date.parse(opened.anchorAt)),
          ...(opened.isolatedAt ? { isolatedAt: toLocalInput(Date.parse(opened.isolatedAt)) } : {}),
        }}
        onFinish={(values) => change.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <InstantField name="anchorAt" label={t('cases.anchor')} />
        <OptionalInstant name="isolatedAt" words="cases.isolated" hint="cases.isolatedHint" />
        <Form.Item name="note" label={t('cases.why')}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

interface Ending {
  state: 'closed' | 'negative'
  reason: string
}

const EndModal = ({ opened, editing, open, onClose }: ModalProps) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Ending>()
  const end = useCaseAction(editing, {
    run: ({ state, reason }: Ending) =>
      call('endCase', {
        params: { caseId: opened.caseId },
        body: { version: opened.version, state, reason: reason.trim() },
      }),
    done: t('app.action.done'),
    onDone: onClose,
  })
  const standing = opened.proposals.some((each) => each.kind === 'case.expose' && each.standing > 0)
  return (
    <Modal
      open={open}
      title={t('cases.end')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.confirm')}
      cancelText={t('app.action.cancel')}
      confirmLoading={end.isPending}
      destroyOnHidden
    >
      <Problem error={end.error} />
      {standing && (
        <Alert type="warning" showIcon title={t('cases.endStanding')} style={{ marginBottom: 16 }} />
      )}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ state: 'closed' }}
        onFinish={(each) => end.mutate(each)}
      >
        <Form.Item name="state" label={t('cases.endAs')}>
          <Radio.Group
            options={(['closed', 'negative'] as const).map((state) => ({
              value: state,
              label: t(`cases.ends.${state}`),
            }))}
          />
        </Form.Item>
        <ReasonField />
      </Form>
    </Modal>
  )
}
