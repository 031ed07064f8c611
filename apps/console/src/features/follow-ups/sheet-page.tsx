import type { FollowUpSheet } from '@jiankangbao/contracts/follow-up/schemas'
import { FOLLOW_UP_VIEWS, type FollowUpView } from '@jiankangbao/domain/vocabulary/follow-ups'
import { Alert, Button, Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { createOperatorCall } from '../../api/client.ts'
import { formatDay, formatInstant } from '../../api/instants.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { chosenOf } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import { SheetLines } from './sheet-lines.tsx'
import './sheet.css'

interface Values {
  view: FollowUpView
  divisionCode?: string
  purpose: string
}

const callPatiently = createOperatorCall(60_000)
const PRINTED = ['to_see', 'ill', 'not_reached', 'test_due', 'overdue', 'all'] as const

/** Whom to look after today, on paper; not without a purpose. */
export default function FollowUpSheetPage() {
  const { t } = useTranslation()
  const [asked] = useSearchParams()
  const making = useAction({
    run: (body: Values) => callPatiently('printFollowUpSheet', { body }),
    refresh: [],
  })
  const division = asked.get('division')
  const view = chosenOf(FOLLOW_UP_VIEWS, asked.get('view') ?? undefined)
  return (
    <>
      <div className="no-print">
        <PageHead
          title={t('followUps.sheet.title')}
          actions={
            making.data && (
              <Button type="primary" onClick={() => window.print()}>
                {t('app.action.print')}
              </Button>
            )
          }
        />
      </div>
      <Form<Values>
        className="panel no-print"
        layout="vertical"
        initialValues={{
          view: PRINTED.find((each) => each === view) ?? 'all',
          ...(division ? { divisionCode: division } : {}),
        }}
        onFinish={(values) => making.mutate(values)}
      >
        <p className="quiet">{t('followUps.sheet.hint')}</p>
        <Form.Item name="view" label={t('followUps.sheet.view')}>
          <Select options={PRINTED.map((each) => ({ value: each, label: t(`followUps.views.${each}`) }))} />
        </Form.Item>
        <Form.Item name="divisionCode" label={t('followUps.division')}>
          <DivisionField placeholder={t('entries.sheet.ownDivision')} allowClear />
        </Form.Item>
        <PurposeField />
        <Problem error={making.error} />
        <Button type="primary" htmlType="submit" loading={making.isPending}>
          {t('followUps.sheet.make')}
        </Button>
      </Form>
      {making.data && <Sheet sheet={making.data} />}
    </>
  )
}

const Sheet = ({ sheet }: { sheet: FollowUpSheet }) => {
  const { t } = useTranslation()
  const count = sheet.followUps.length
  const heading = t('followUps.sheet.heading', {
    division: sheet.divisionName,
    on: formatDay(sheet.printedAt),
  })
  return (
    <section className="panel follow-up-sheet" data-testid="follow-up-sheet">
      <h2>{heading}</h2>
      <p className="small">
        {t('followUps.sheet.made', {
          at: formatInstant(sheet.printedAt),
          by: `${sheet.organisation} ${sheet.printedBy}`,
          purpose: sheet.purpose,
        })}{' '}
        {t('followUps.sheet.count', { count })}
      </p>
      {sheet.cut && <Alert type="warning" title={t('followUps.sheet.cut', { count })} />}
      {count > 0 ? (
        <SheetLines heading={heading} followUps={sheet.followUps} />
      ) : (
        <p>{t('followUps.empty')}</p>
      )}
      <p className="small">{t('followUps.sheet.masked')}</p>
    </section>
  )
}
