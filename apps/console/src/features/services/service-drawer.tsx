import type { WrittenService } from '@jiankangbao/contracts/service/schemas'
import {
  DIRECTORY_KINDS,
  FAILING_LOOKS,
  type FailingLook,
  SERVICE_ICONS,
  SERVICE_KINDS,
  SERVICE_SCOPES,
  SERVICE_SCREENS,
  SERVICE_VIEWERS,
  type ServiceScope,
} from '@jiankangbao/domain/vocabulary/services'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Drawer, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useTexts } from '../../locales/i18n.ts'
import { divisionsQuery } from '../../ui/reference-data.ts'
import './services.css'

type Asked = 'needed' | 'optional' | 'notAsked'

interface Values extends Omit<WrittenService, 'scopes' | 'check' | 'startsAt' | 'endsAt'> {
  from?: string
  until?: string
  checkUrl?: string
  failing?: FailingLook
  asked?: Partial<Record<ServiceScope, Asked>>
}

const SHANGHAI_MS = 8 * 3_600_000
const toLocal = (instant: string | undefined) =>
  instant && new Date(Date.parse(instant) + SHANGHAI_MS).toISOString().slice(0, 16)

const toValues = ({ scopes, check, startsAt, endsAt, ...rest }: WrittenService): Values => ({
  ...rest,
  from: toLocal(startsAt) ?? '',
  until: toLocal(endsAt) ?? '',
  checkUrl: check?.url ?? '',
  failing: check?.failing ?? 'grey',
  asked: Object.fromEntries(scopes.map(({ scope, needed }) => [scope, needed ? 'needed' : 'optional'])),
})

const given = <Key extends string>(key: Key, value: string | undefined) =>
  (value?.trim() ? { [key]: value.trim() } : {}) as Partial<Record<Key, string>>

const toService = (values: Values): WrittenService => {
  const { kind, screen, directoryKind, checkUrl, asked = {} } = values
  const checked = given('url', checkUrl).url
  return {
    key: values.key.trim(),
    title: { zh: values.title.zh.trim(), en: values.title.en?.trim() ?? '' },
    words: { zh: values.words?.zh?.trim() ?? '', en: values.words?.en?.trim() ?? '' },
    icon: values.icon,
    kind,
    ...(kind === 'screen' && screen ? { screen } : {}),
    ...(kind === 'screen' && screen === 'directory' && directoryKind ? { directoryKind } : {}),
    ...(kind === 'link' ? given('url', values.url) : {}),
    ...(kind === 'wechat' || kind === 'alipay'
      ? { ...given('appId', values.appId), ...given('path', values.path) }
      : {}),
    ...(kind === 'telephone' ? given('telephone', values.telephone) : {}),
    viewers: values.viewers,
    ...(values.divisionCodes?.length ? { divisionCodes: values.divisionCodes } : {}),
    elder: values.elder,
    ...(values.from ? { startsAt: `${values.from}:00+08:00` } : {}),
    ...(values.until ? { endsAt: `${values.until}:00+08:00` } : {}),
    ...(checked ? { check: { url: checked, failing: values.failing ?? 'grey' } } : {}),
    scopes:
      kind === 'link'
        ? SERVICE_SCOPES.filter((scope) => (asked[scope] ?? 'notAsked') !== 'notAsked').map((scope) => ({
            scope,
            needed: asked[scope] === 'needed',
          }))
        : [],
  }
}

const useChoices = () => {
  const { t } = useTranslation()
  return (words: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`services.${words}.${value}`) }))
}

const Target = ({ origins }: { origins: readonly string[] }) => {
  const { t } = useTranslation()
  const choices = useChoices()
  const [kind, screen] = [Form.useWatch('kind'), Form.useWatch('screen')]
  const required = [{ required: true, message: t('reasons.required') }]
  const mini = kind === 'wechat' || kind === 'alipay'
  return (
    <div className="service-pair">
      {kind === 'screen' && (
        <Form.Item name="screen" label={t('services.screen')} rules={required}>
          <Select options={choices('screens', SERVICE_SCREENS)} />
        </Form.Item>
      )}
      {kind === 'screen' && screen === 'directory' && (
        <Form.Item name="directoryKind" label={t('services.directoryKind')} rules={required}>
          <Select options={choices('directoryKinds', DIRECTORY_KINDS)} />
        </Form.Item>
      )}
      {kind === 'link' && (
        <Form.Item
          name="url"
          label={t('services.url')}
          rules={required}
          extra={
            origins.length > 0
              ? t('services.urlHint', { origins: origins.join(' · ') })
              : t('services.noOrigins')
          }
        >
          <Input maxLength={500} placeholder="https://" />
        </Form.Item>
      )}
      {mini && (
        <Form.Item name="appId" label={t('services.appId')} rules={required}>
          <Input maxLength={18} />
        </Form.Item>
      )}
      {mini && (
        <Form.Item name="path" label={t('services.path')}>
          <Input maxLength={200} />
        </Form.Item>
      )}
      {kind === 'telephone' && (
        <Form.Item name="telephone" label={t('services.telephone')} rules={required}>
          <Input maxLength={24} />
        </Form.Item>
      )}
    </div>
  )
}

const Scopes = () => {
  const { t } = useTranslation()
  if (Form.useWatch('kind') !== 'link') return null
  return (
    <fieldset>
      <legend>{t('services.scopes')}</legend>
      <div className="service-pair">
        {SERVICE_SCOPES.map((scope) => (
          <Form.Item
            key={scope}
            name={['asked', scope]}
            label={t(`services.scopeNames.${scope}`)}
            initialValue="notAsked"
          >
            <Select
              options={(['notAsked', 'optional', 'needed'] as const).map((value) => ({
                value,
                label: t(`services.${value}`),
              }))}
            />
          </Form.Item>
        ))}
      </div>
    </fieldset>
  )
}

/** Whose it is. Divisions below districts are kept as they are: they come by the interface. */
const Districts = () => {
  const { t } = useTranslation()
  const read = useTexts()
  const { data } = useQuery(divisionsQuery)
  return (
    <Form.Item name="divisionCodes" label={t('services.districts')} extra={t('services.districtsHint')}>
      <Select
        mode="multiple"
        placeholder={t('services.wholeCity')}
        options={(data?.divisions ?? [])
          .filter(({ level }) => level === 'district')
          .map(({ code, name, nameEn }) => ({ value: code, label: read({ zh: name, en: nameEn }) }))}
        showSearch={{ optionFilterProp: 'label' }}
      />
    </Form.Item>
  )
}

interface Props {
  /** Undefined for a new one. */
  service: WrittenService | undefined
  origins: readonly string[]
  onDone: (service: WrittenService) => void
  onClose: () => void
}

/** One service of the list. Nothing is sent from here: the list is saved as a whole. */
export const ServiceDrawer = ({ service, origins, onDone, onClose }: Props) => {
  const { t } = useTranslation()
  const choices = useChoices()
  const [form] = Form.useForm<Values>()
  const required = [{ required: true, whitespace: true, message: t('reasons.required') }]
  const start: Partial<Values> = service
    ? toValues(service)
    : { kind: 'screen', icon: 'link', viewers: 'everybody', elder: true, failing: 'grey' }
  const text = (name: string | string[], label: string, most: number, needed = false) => (
    <Form.Item name={name} label={t(`services.${label}`)} rules={needed ? required : []}>
      <Input maxLength={most} />
    </Form.Item>
  )
  return (
    <Drawer
      open
      size="large"
      title={t(service ? 'services.change' : 'services.add')}
      onClose={onClose}
      extra={
        <Button type="primary" onClick={() => form.submit()}>
          {t('services.done')}
        </Button>
      }
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={start}
        onFinish={() => onDone(toService(form.getFieldsValue(true)))}
        scrollToFirstError
      >
        <div className="service-pair">
          {text(['title', 'zh'], 'titleZh', 20, true)}
          {text(['title', 'en'], 'titleEn', 40)}
          {text(['words', 'zh'], 'wordsZh', 60)}
          {text(['words', 'en'], 'wordsEn', 120)}
          <Form.Item
            name="key"
            label={t('services.key')}
            extra={t('services.keyHint')}
            rules={[{ required: true, pattern: /^[a-z][a-z0-9-]{1,39}$/, message: t('services.keyHint') }]}
          >
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="icon" label={t('services.icon')}>
            <Select options={SERVICE_ICONS.map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Form.Item name="kind" label={t('services.kind')}>
            <Select options={choices('kinds', SERVICE_KINDS)} />
          </Form.Item>
          <Form.Item name="viewers" label={t('services.viewer')}>
            <Select options={choices('viewers', SERVICE_VIEWERS)} />
          </Form.Item>
        </div>
        <Target origins={origins} />
        <Scopes />
        <Districts />
        <Form.Item name="elder" valuePropName="checked">
          <Checkbox>{t('services.elder')}</Checkbox>
        </Form.Item>
        <div className="service-pair">
          <Form.Item name="from" label={t('services.startsAt')}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item name="until" label={t('services.endsAt')}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item name="checkUrl" label={t('services.checkUrl')} extra={t('services.checkHint')}>
            <Input maxLength={500} placeholder="https://" />
          </Form.Item>
          <Form.Item name="failing" label={t('services.failingLook')}>
            <Select options={choices('failingLooks', FAILING_LOOKS)} />
          </Form.Item>
        </div>
      </Form>
    </Drawer>
  )
}
