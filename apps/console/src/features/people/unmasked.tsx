import type { PersonUnmasked } from '@jiankangbao/contracts/person-file/schemas'
import { Alert, Button, Descriptions, Form, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { useAction } from '../../ui/use-action.ts'

const SHOWN_SECONDS = 60

/** Full name, number and phone, after a purpose of their own; gone again after a minute. */
export const Unmasked = ({ personId }: { personId: string }) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [shown, setShown] = useState<PersonUnmasked>()
  const [form] = Form.useForm<{ purpose: string }>()
  const unmask = useAction({
    run: (purpose: string) =>
      call('unmaskPerson', { params: { personId }, body: { purpose: purpose.trim() } }),
    refresh: [],
    onDone: setShown,
  })
  const hide = (): void => {
    setShown(undefined)
    setAsking(false)
    // The answer must not stay behind in the cache.
    unmask.reset()
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('people.unmask')}</Button>
      <Modal
        open={asking}
        title={t('people.unmask')}
        onCancel={hide}
        onOk={() => (shown ? hide() : form.submit())}
        okText={t(shown ? 'people.remask' : 'people.unmask')}
        cancelText={t('app.action.cancel')}
        confirmLoading={unmask.isPending}
        destroyOnHidden
      >
        {shown ? (
          <Shown data={shown} onEnd={hide} />
        ) : (
          <>
            <Alert type="warning" title={t('people.unmaskWarn')} style={{ marginBottom: 16 }} />
            <Problem error={unmask.error} hideFields />
            <Form
              form={form}
              layout="vertical"
              onFinish={({ purpose }) =>
                unmask.mutate(purpose, { onError: (error) => showFieldErrors(form, t, error) })
              }
            >
              <PurposeField />
            </Form>
          </>
        )}
      </Modal>
    </>
  )
}

const Shown = ({ data, onEnd }: { data: PersonUnmasked; onEnd: () => void }) => {
  const { t } = useTranslation()
  const [left, setLeft] = useState(SHOWN_SECONDS)
  useEffect(() => {
    if (left <= 0) return onEnd()
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left, onEnd])
  const facts: [string, string | undefined][] = [
    ['name', data.name],
    ['documentNumber', data.documentNumber],
    ['phone', data.phone],
  ]
  return (
    <div data-testid="unmasked">
      <Descriptions
        column={1}
        bordered
        items={facts.map(([key, value]) => ({
          key,
          label: t(`people.${key}`),
          children: <span className="code-text">{value ?? t('app.action.none')}</span>,
        }))}
      />
      <p className="quiet small" role="timer">
        {t('people.unmaskLeft', { seconds: left })}
      </p>
    </div>
  )
}
