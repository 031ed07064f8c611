import type { Import } from '@jiankangbao/contracts/import/schemas'
import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { wordUnread } from './import-state.tsx'

/** Hands the list to somebody else to decide. */
export const ProposeButton = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const [requestId] = useState(createRequestId)
  const unread = wordUnread(t, list)
  const propose = useAction({
    run: () => call('proposeImport', { params: { importId: list.importId }, body: { requestId } }),
    refresh: [['imports'], ['proposals']],
    done: t('imports.proposed'),
  })
  return (
    <>
      <Problem error={propose.error} />
      <Popconfirm
        title={t('imports.proposeConfirm', { rows: list.goodRows })}
        {...(unread ? { description: t('imports.sheetsUnread', { sheets: unread }) } : {})}
        onConfirm={() => propose.mutate()}
        okText={t('imports.propose')}
        cancelText={t('app.action.cancel')}
      >
        <Button type="primary" loading={propose.isPending}>
          {t('imports.propose')}
        </Button>
      </Popconfirm>
    </>
  )
}

/** Gives the list up; one being checked stops within a moment. */
export const CancelButton = ({ importId }: { importId: string }) => {
  const { t } = useTranslation()
  const cancel = useAction({
    run: () => call('cancelImport', { params: { importId } }),
    refresh: [['imports']],
    done: t('imports.cancelled'),
  })
  return (
    <>
      <Problem error={cancel.error} />
      <Popconfirm
        title={t('imports.cancelConfirm')}
        onConfirm={() => cancel.mutate()}
        okText={t('imports.cancel')}
        cancelText={t('app.action.back')}
      >
        <Button danger loading={cancel.isPending}>
          {t('imports.cancel')}
        </Button>
      </Popconfirm>
    </>
  )
}
