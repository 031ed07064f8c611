import {
  type LookupPurposeKey,
  lookupPurposesOf,
  parseLookupPurpose,
  purposeNeedsText,
  readLookupPurpose,
} from '@jiankangbao/domain/vocabulary/lookups'
import { Form, Input, Tag } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useMe } from '../api/session.ts'

/** What is sent: the key, and a text after a colon. */
const MARK = '：'
const split = (value: string | undefined): { key: LookupPurposeKey | undefined; text: string } => {
  const [head, ...rest] = (value ?? '').split(MARK)
  return { key: (head || undefined) as LookupPurposeKey | undefined, text: rest.join(MARK) }
}

/** A purpose as the page shows it: the person reads the city's words. */
export const purposeWords = (t: TFunction, purpose: string): string => {
  const read = parseLookupPurpose(purpose)
  if (!read) return purpose
  const words = t(`people.purposes.${read.key}`)
  return read.text === '' ? words : `${words}${t('app.colon')}${read.text}`
}

/** The purpose of looking at a person: one of those of the operator's roles, and a text. Name of the form field: `purpose`. */
export const PurposeField = () => {
  const { t } = useTranslation()
  const rule = (_: unknown, value: string | undefined) => {
    const read = readLookupPurpose((value ?? '').trim())
    if (read.ok) return Promise.resolve()
    return Promise.reject(
      new Error(
        t(read.reason === 'not_allowed' ? 'people.purposeChoose' : `people.nothingSaid.${read.reason}`),
      ),
    )
  }
  return (
    <Form.Item
      name="purpose"
      label={t('people.purpose')}
      required
      tooltip={t('people.purposeHint')}
      rules={[{ validator: rule, validateTrigger: 'onSubmit' }]}
    >
      <PurposeControl />
    </Form.Item>
  )
}

interface ControlProps {
  id?: string
  value?: string
  onChange?: (value: string) => void
}

const PurposeControl = ({ id, value, onChange }: ControlProps) => {
  const { t } = useTranslation()
  const { roles } = useMe()
  const { key, text } = split(value)
  const tell = (chosen: LookupPurposeKey | undefined, typed: string): void =>
    onChange?.(`${chosen ?? ''}${typed === '' ? '' : MARK + typed}`)
  const needed = key !== undefined && purposeNeedsText(key)
  return (
    <>
      <fieldset className="chips" id={id} aria-label={t('people.purpose')}>
        {lookupPurposesOf(roles).map((each) => (
          <Tag.CheckableTag key={each} checked={key === each} onChange={() => tell(each, text)}>
            {t(`people.purposes.${each}`)}
          </Tag.CheckableTag>
        ))}
      </fieldset>
      <Input
        value={text}
        onChange={({ target }) => tell(key, target.value)}
        placeholder={t(needed ? 'people.purposeTextHint' : 'people.purposeText')}
        aria-label={t('people.purposeText')}
        aria-required={needed}
        maxLength={160}
      />
    </>
  )
}
