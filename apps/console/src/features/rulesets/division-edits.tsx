import type { EndedDivision, MadeDivision } from '@jiankangbao/domain/place/division-changes'
import type { Ruleset } from '@jiankangbao/domain/status/ruleset'
import { isDivisionCode } from '@jiankangbao/domain/written/division-code'
import { Button, Checkbox, Form, Input, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { WordEdits } from './word-edits.ts'

interface DivisionEditsProps {
  document: Ruleset
  edits: WordEdits
  /** Absent for whoever may only read. */
  onChange?: (edits: WordEdits) => void
}

/** Of a province, a city or a county. */
const isCode = (text: string): boolean => text.length === 6 && isDivisionCode(text)

const wordMade = ({ code, name, nameEn }: MadeDivision): string =>
  [code, name, nameEn].filter(Boolean).join(' ')
const wordEnded = ({ code, heirs }: EndedDivision): string =>
  `${code} → ${heirs.map((heir) => heir.code).join(', ')}`

/** Divisions that were made, renamed or ended since this version of the programme. Old codes stay readable for ever. */
export const DivisionEdits = ({ document, edits, onChange }: DivisionEditsProps) => {
  const { t } = useTranslation()
  const { made = [], ended = [] } = document.divisions ?? {}
  const rows = [
    ...made.map((each) => ({ text: wordMade(each), state: 'made' as const, kept: true })),
    ...ended.map((each) => ({ text: wordEnded(each), state: 'ended' as const, kept: true })),
    ...edits.made.map((each) => ({ text: wordMade(each), state: 'made' as const, kept: false })),
    ...edits.ended.map((each) => ({ text: wordEnded(each), state: 'ended' as const, kept: false })),
  ]
  const drop = (text: string): void =>
    onChange?.({
      ...edits,
      made: edits.made.filter((each) => wordMade(each) !== text),
      ended: edits.ended.filter((each) => wordEnded(each) !== text),
    })
  return (
    <section className="panel" aria-labelledby="division-changes">
      <h2 id="division-changes">{t('listWords.divisions')}</h2>
      <p className="quiet">{t('listWords.divisionsHint')}</p>
      {rows.length === 0 && <p>{t('listWords.noDivisions')}</p>}
      <ul className="plain-list">
        {rows.map(({ text, state, kept }) => (
          <li key={`${state} ${text} ${kept}`}>
            <Tag color={state === 'made' ? 'success' : 'warning'}>{t(`listWords.${state}`)}</Tag>{' '}
            <span className="code-text">{text}</span>{' '}
            {!kept && (
              <Button size="small" type="link" onClick={() => drop(text)}>
                {t('listWords.remove', { word: '' })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {onChange && (
        <div className="division-forms">
          <MakeForm onMake={(division) => onChange({ ...edits, made: [...edits.made, division] })} />
          <EndForm onEnd={(division) => onChange({ ...edits, ended: [...edits.ended, division] })} />
        </div>
      )}
    </section>
  )
}

const useCodeRule = () => {
  const { t } = useTranslation()
  return {
    required: true,
    validator: (_: unknown, text: string = '') =>
      isCode(text) ? Promise.resolve() : Promise.reject(new Error(t('listWords.codeRule'))),
  }
}

const MakeForm = ({ onMake }: { onMake: (division: MadeDivision) => void }) => {
  const { t } = useTranslation()
  const codeRule = useCodeRule()
  const [form] = Form.useForm<{ code: string; name: string; nameEn?: string }>()
  return (
    <Form
      form={form}
      layout="vertical"
      onFinish={({ code, name, nameEn }) => {
        onMake({ code, name: name.trim(), ...(nameEn?.trim() ? { nameEn: nameEn.trim() } : {}) })
        form.resetFields()
      }}
    >
      <h3>{t('listWords.make')}</h3>
      <Form.Item name="code" label={t('listWords.code')} rules={[codeRule]}>
        <Input inputMode="numeric" maxLength={6} />
      </Form.Item>
      <Form.Item
        name="name"
        label={t('listWords.name')}
        rules={[{ required: true, whitespace: true, message: t('app.action.required') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('listWords.nameEn')}>
        <Input maxLength={100} />
      </Form.Item>
      <Button htmlType="submit">{t('listWords.addDivision')}</Button>
    </Form>
  )
}

const EndForm = ({ onEnd }: { onEnd: (division: EndedDivision) => void }) => {
  const { t } = useTranslation()
  const codeRule = useCodeRule()
  const [form] = Form.useForm<{ code: string; heirs: string; within?: boolean }>()
  const listOf = (text: string): string[] => text.split(/[\s,，、;；]+/).filter((code) => code !== '')
  return (
    <Form
      form={form}
      layout="vertical"
      onFinish={({ code, heirs, within = false }) => {
        onEnd({ code, heirs: listOf(heirs).map((heir) => ({ code: heir, within })) })
        form.resetFields()
      }}
    >
      <h3>{t('listWords.end')}</h3>
      <Form.Item name="code" label={t('listWords.code')} rules={[codeRule]}>
        <Input inputMode="numeric" maxLength={6} />
      </Form.Item>
      <Form.Item
        name="heirs"
        label={t('listWords.heirs')}
        extra={t('listWords.heirsHint')}
        rules={[
          {
            required: true,
            validator: (_, text: string = '') =>
              listOf(text).length > 0 && listOf(text).every(isCode)
                ? Promise.resolve()
                : Promise.reject(new Error(t('listWords.codeRule'))),
          },
        ]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="within" valuePropName="checked" extra={t('listWords.withinHint')}>
        <Checkbox>{t('listWords.within')}</Checkbox>
      </Form.Item>
      <Button htmlType="submit">{t('listWords.endDivision')}</Button>
    </Form>
  )
}
