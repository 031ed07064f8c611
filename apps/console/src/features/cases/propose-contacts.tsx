import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import type { Case } from '@jiankangbao/contracts/tracing/schemas'
import { CONTACT_GROUPS, type ContactGroup } from '@jiankangbao/domain/tracing/contacts'
import { Alert, Button, Checkbox, Form, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { pathTo } from '../../path-to.ts'
import { EvidenceField } from '../../ui/evidence-fields.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Moves } from '../../ui/moves.tsx'
import { OpenButton } from '../../ui/open-button.tsx'
import { Problem } from '../../ui/problem.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useAction } from '../../ui/use-action.ts'

interface Values {
  groups: ContactGroup[]
  evidence: string
}

/** One proposal about the chosen groups; somebody else decides, and until then nothing changes. */
export const ProposeContacts = ({ opened, without }: { opened: Case; without: readonly string[] }) => {
  const { t } = useTranslation()
  const [asking, ask] = useState(false)
  const [made, setMade] = useState<Proposal>()
  return (
    <>
      <Button type="primary" disabled={opened.proposalId !== undefined} onClick={() => ask(true)}>
        {t('cases.propose')}
      </Button>
      {opened.proposalId && <span className="quiet small">{t('cases.waitsForSecond')}</span>}
      {asking && (
        <ProposeModal opened={opened} without={without} onClose={() => ask(false)} onMade={setMade} />
      )}
      <Modal
        open={made !== undefined}
        title={t('cases.proposed')}
        footer={null}
        onCancel={() => setMade(undefined)}
      >
        {made && <Made proposal={made} />}
      </Modal>
    </>
  )
}

const Made = ({ proposal }: { proposal: Proposal }) => {
  const { t } = useTranslation()
  return (
    <div data-testid="case-proposed">
      <p>{t('cases.proposedHint', { count: proposal.case?.persons ?? 0 })}</p>
      {proposal.case?.groups.map(({ group, persons }) => (
        <p key={group}>
          {wordCategory(t, group)}
          {t('app.colon')}
          {persons}
        </p>
      ))}
      <Moves moves={proposal.case?.moves ?? []} />
      <OpenButton
        to={pathTo('/proposals/:proposalId?', { proposalId: proposal.proposalId })}
        words="cases.openProposal"
      />
    </div>
  )
}

interface ModalProps {
  opened: Case
  without: readonly string[]
  onClose: () => void
  onMade: (proposal: Proposal) => void
}

const ProposeModal = ({ opened, without, onClose, onMade }: ModalProps) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const proposing = useAction({
    run: ({ groups, evidence }: Values) =>
      call('proposeExposures', {
        params: { caseId: opened.caseId },
        body: {
          requestId,
          version: opened.version,
          groups,
          without: [...without],
          evidence: evidence.trim(),
        },
      }),
    refresh: [['cases'], ['proposals']],
    onDone: (proposal) => {
      onMade(proposal)
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('cases.proposeTitle')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={proposing.isPending}
    >
      <Alert type="info" showIcon title={t('cases.proposeHint')} style={{ marginBottom: 16 }} />
      <Problem error={proposing.error} hideFields />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ groups: ['close_contact'] }}
        onFinish={(values) =>
          proposing.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
        }
      >
        <Form.Item
          name="groups"
          label={t('cases.groups')}
          rules={[{ required: true, message: t('app.action.required') }]}
        >
          <Checkbox.Group
            options={CONTACT_GROUPS.map((group) => ({
              value: group,
              label: `${t(`proposals.caseGroups.${group}`)} → ${wordCategory(t, group)}`,
            }))}
          />
        </Form.Item>
        {without.length > 0 && <p>{t('cases.leftOut', { count: without.length })}</p>}
        <EvidenceField />
      </Form>
    </Modal>
  )
}
