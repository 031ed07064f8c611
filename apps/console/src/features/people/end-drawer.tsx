import type { PersonFinding } from '@jiankangbao/contracts/person-file/schemas'
import { Button, Drawer, Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { parseLocalInput, toLocalInput } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { EndFields, type EndValues, WhereEndable } from '../../ui/end-fields.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { useAction } from '../../ui/use-action.ts'
import { Proposed } from './propose-drawer.tsx'

/** Proposing that a finding ended, or was never right. A second person decides this too. */
export const EndDrawer = ({ finding, onClose }: { finding: PersonFinding; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<EndValues>()
  const [requestId] = useState(createRequestId)
  const propose = useAction({
    run: ({ kind, endedAt, evidence }: EndValues) => {
      const instant = kind === 'ended' ? parseLocalInput(endedAt ?? '') : undefined
      return call('proposeFindingEnd', {
        params: { findingId: finding.findingId },
        body: { requestId, kind, evidence, ...(instant ? { endedAt: instant } : {}) },
      })
    },
    refresh: [['proposals']],
  })
  return (
    <Drawer
      open
      title={`${t('people.proposeEnd')} · ${wordCategory(t, finding.category)}`}
      onClose={onClose}
      size={480}
    >
      {propose.data ? (
        <>
          <Proposed proposal={propose.data} />
          <Button onClick={onClose}>{t('app.action.close')}</Button>
        </>
      ) : (
        <WhereEndable categories={[finding.category]}>
          {(kinds) => (
            <>
              <Problem error={propose.error} hideFields />
              <Form
                form={form}
                layout="vertical"
                initialValues={{ kind: kinds[0], endedAt: toLocalInput(Date.now()) }}
                onFinish={(values) =>
                  propose.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
                }
              >
                <EndFields kinds={kinds} />
                <Button type="primary" loading={propose.isPending} onClick={() => form.submit()}>
                  {t('app.action.submit')}
                </Button>
              </Form>
            </>
          )}
        </WhereEndable>
      )}
    </Drawer>
  )
}
