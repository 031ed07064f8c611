import type { DocumentType } from '@jiankangbao/contracts/schemas/atoms'
import { DOCUMENT_TYPES, parseDocumentNumber } from '@jiankangbao/domain/identity/document'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wordReason } from '../../api/error-words.ts'

const purposes = ['noPhone', 'phoneDead', 'entry', 'patrol', 'door'] as const

interface Props {
  onCheck: (document: { type: DocumentType; number: string }, purpose: string) => void
}

/** Looking somebody up by document, with the purpose that the person will see. */
export const DocumentForm = ({ onCheck }: Props) => {
  const { t } = useTranslation()
  const [type, setType] = useState<DocumentType>('resident_id')
  const [number, setNumber] = useState('')
  const [purpose, setPurpose] = useState<(typeof purposes)[number]>('noPhone')
  const [refusal, setRefusal] = useState<string>()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const parsed = parseDocumentNumber(type, number, { todayOn: shanghaiDayOf(Date.now()) })
    setRefusal(parsed.ok ? undefined : parsed.reason)
    // The purpose is shown to the person looked up: always in the city's language.
    if (parsed.ok)
      onCheck({ type, number: parsed.number }, t(`checkpoint.purposes.${purpose}`, { lng: 'zh' }))
  }
  return (
    <form className="cp-document-form" onSubmit={submit}>
      <label htmlFor="document-type">{t('checkpoint.documentType')}</label>
      <select
        id="document-type"
        value={type}
        onChange={(event) => setType(event.target.value as DocumentType)}
      >
        {DOCUMENT_TYPES.map((known) => (
          <option key={known} value={known}>
            {t(`domain.documentTypes.${known}`)}
          </option>
        ))}
      </select>
      <label htmlFor="document-number">{t('checkpoint.documentNumber')}</label>
      <input
        id="document-number"
        value={number}
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        aria-invalid={refusal !== undefined}
        aria-describedby="document-problem"
        onChange={(event) => setNumber(event.target.value)}
      />
      <p id="document-problem" className="cp-problem" role="alert">
        {refusal && `${t('checkpoint.documentBad')}${t('app.colon')}${wordReason(t, refusal)}`}
      </p>
      <fieldset>
        <legend>{t('checkpoint.purpose')}</legend>
        {purposes.map((key) => (
          <label key={key} className="cp-chip">
            <input type="radio" name="purpose" checked={purpose === key} onChange={() => setPurpose(key)} />
            <span>{t(`checkpoint.purposes.${key}`)}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit" className="cp-button">
        {t('checkpoint.check')}
      </button>
    </form>
  )
}
