import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { createOperatorCall } from '../../api/client.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { DaySheet } from './day-sheet.tsx'

interface Values {
  on: string
  divisionCode?: string
  purpose: string
}

const callPatiently = createOperatorCall(60_000)

/** Who is expected or arrived on a day, on paper; not without a purpose. */
export default function DaySheetPage() {
  const { t } = useTranslation()
  const [asked] = useSearchParams()
  const making = useAction({
    run: (body: Values) => callPatiently('printEntryDaySheet', { body }),
    refresh: [],
  })
  const division = asked.get('division')
  return (
    <>
      {/* Anything printed before the sheet would have a page of its own, upright: the sheet lies. */}
      <div className="no-print">
        <PageHead
          title={t('entries.sheet.title')}
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
          on: asked.get('on') ?? shanghaiDayOf(Date.now()),
          ...(division ? { divisionCode: division } : {}),
        }}
        onFinish={(values) => making.mutate(values)}
      >
        <p className="quiet">{t('entries.sheet.hint')}</p>
        <Form.Item
          name="on"
          label={t('entries.sheet.on')}
          rules={[{ required: true, message: t('app.action.required') }]}
        >
          <Input type="date" />
        </Form.Item>
        <Form.Item name="divisionCode" label={t('entries.division')}>
          <DivisionField placeholder={t('entries.sheet.ownDivision')} allowClear />
        </Form.Item>
        <PurposeField />
        <Problem error={making.error} />
        <Button type="primary" htmlType="submit" loading={making.isPending}>
          {t('entries.sheet.make')}
        </Button>
      </Form>
      {making.data && <DaySheet sheet={making.data} />}
    </>
  )
}
