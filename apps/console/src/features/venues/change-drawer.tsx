import type { Venue } from '@jiankangbao/contracts/venue/schemas'
import { Button, Drawer, Form } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { VenueFields } from './venue-fields.tsx'
import { toChange, type VenueValues } from './venue-values.ts'

interface Props {
  venue: Venue
  open: boolean
  onClose: () => void
}

/** Changing facts. Only what differs is sent; masked fields stay empty unless retyped. */
export const ChangeDrawer = ({ venue, open, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<VenueValues>()
  const [nothing, setNothing] = useState(false)
  const change = useAction({
    run: (body: ReturnType<typeof toChange>) =>
      call('changeVenue', { params: { venueId: venue.venueId }, body: body as never }),
    refresh: [['venues']],
    done: t('venues.changeSent'),
    onDone: onClose,
  })
  const submit = (values: VenueValues): void => {
    const body = toChange(values, venue)
    setNothing(Object.keys(body).length === 0)
    if (Object.keys(body).length > 0)
      change.mutate(body, { onError: (error) => showFieldErrors(form, t, error) })
  }
  const { name, kind, divisionCode, address, latitude, longitude } = venue
  return (
    <Drawer
      open={open}
      title={t('venues.change')}
      onClose={onClose}
      size={520}
      destroyOnHidden
      footer={
        <Button type="primary" loading={change.isPending} onClick={() => form.submit()}>
          {t('app.action.submit')}
        </Button>
      }
    >
      <p className="quiet">{t('venues.changeHint')}</p>
      {nothing && <p role="alert">{t('venues.changeNothing')}</p>}
      <Problem error={change.error} hideFields />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ name, kind, divisionCode, address, latitude, longitude }}
        onFinish={submit}
      >
        <VenueFields required={false} />
      </Form>
    </Drawer>
  )
}
