import type { Zone } from '@jiankangbao/contracts/zone/schemas'
import { Button, Drawer, Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { parseLocalInput, toLocalInput } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { EvidenceField, InstantField } from '../../ui/evidence-fields.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Moves } from '../../ui/moves.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Values {
  endedAt: string
  evidence: string
}

/** Proposes that everybody in a zone is released at once; another person decides. */
export const LiftDrawer = ({ zone, onClose }: { zone: Zone; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const lift = useAction({
    run: ({ endedAt, evidence }: Values) =>
      call('proposeZoneLift', {
        params: { zoneId: zone.zoneId },
        body: { requestId, endedAt: parseLocalInput(endedAt) ?? '', evidence },
      }),
    refresh: [['zones'], ['proposals']],
  })
  return (
    <Drawer open title={`${t('zones.lift')} · ${zone.name}`} onClose={onClose} size={480}>
      {lift.data ? (
        <div data-testid="lift-proposed">
          <p role="status">
            <b>{t('people.proposed')}</b>
          </p>
          <Moves moves={lift.data.zone?.moves ?? []} />
          {lift.data.needsHq && <p>{t('proposals.needsHq')}</p>}
          <Button onClick={onClose}>{t('app.action.close')}</Button>
        </div>
      ) : (
        <>
          <p>{t('zones.liftIntro', { count: zone.persons + zone.unregistered })}</p>
          <Problem error={lift.error} />
          <Form
            form={form}
            layout="vertical"
            initialValues={{
              endedAt: toLocalInput(zone.areaEndedAt ? Date.parse(zone.areaEndedAt) : Date.now()),
            }}
            onFinish={(values) =>
              lift.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
            }
          >
            <InstantField name="endedAt" label={t('zones.liftedAt')} />
            <EvidenceField />
            <Button type="primary" loading={lift.isPending} onClick={() => form.submit()}>
              {t('app.action.submit')}
            </Button>
          </Form>
        </>
      )}
    </Drawer>
  )
}
