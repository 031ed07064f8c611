import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Select, Space } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { useTexts } from '../../locales/i18n.ts'
import { Problem } from '../../ui/problem.tsx'

interface Props {
  open: boolean
  title: string
  hint: string
  least: number
  /** Whoever asked reads it: the words that are ready can be put in. */
  forCaller?: boolean
  action: { mutate: (words: string) => void; isPending: boolean; error: unknown }
  onClose: () => void
}

/** Puts words that are ready where the rest is written, in one of both languages; they can be changed before they are sent. */
const ReadyWords = ({ onPut }: { onPut: (words: string) => void }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const [key, setKey] = useState<string>()
  const { data } = useQuery({
    queryKey: ['ready-answers'],
    queryFn: () => call('listReadyAnswers', {}),
    staleTime: 60_000,
  })
  const answers = data?.answers ?? []
  const chosen = answers.find((each) => each.key === key)
  if (answers.length === 0) return null
  return (
    <Space wrap style={{ marginBottom: 12 }}>
      <Select
        aria-label={t('tickets.readyWords')}
        placeholder={t('tickets.readyWords')}
        value={key}
        onChange={setKey}
        options={answers.map((each) => ({ value: each.key, label: read(each.title) }))}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ minWidth: 220 }}
      />
      {(['zh', 'en'] as const).map((language) => (
        <Button key={language} disabled={!chosen} onClick={() => chosen && onPut(chosen.words[language])}>
          {t(`tickets.putIn.${language}`)}
        </Button>
      ))}
    </Space>
  )
}

/** Words for the caller or for colleagues. What was typed stays until it is sent. */
export const WordsModal = ({ open, title, hint, least, forCaller, action, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ words: string }>()
  const name = useId()
  return (
    <Modal
      open={open}
      title={title}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={action.isPending}
      afterClose={() => form.resetFields()}
      forceRender
    >
      <Problem error={action.error} />
      {open && forCaller && (
        <ReadyWords
          onPut={(words) => {
            const before: string = form.getFieldValue('words') ?? ''
            form.setFieldValue('words', before.trim() === '' ? words : `${before.trimEnd()}\n${words}`)
          }}
        />
      )}
      <Form form={form} name={name} layout="vertical" onFinish={({ words }) => action.mutate(words.trim())}>
        <Form.Item
          name="words"
          label={t('tickets.words')}
          extra={hint}
          rules={[{ required: true, whitespace: true, min: least, max: 1000, message: hint }]}
        >
          <Input.TextArea rows={6} maxLength={1000} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}
