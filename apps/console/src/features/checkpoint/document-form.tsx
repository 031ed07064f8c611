import type { DocumentType } from '@jiankangbao/contracts/atoms'
import { parseScannedText } from '@jiankangbao/domain/codes/scanned-text'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { parseDocumentNumber } from '@jiankangbao/domain/written/document-number'
import { DOCUMENT_TYPES } from '@jiankangbao/domain/written/document-types'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wordReason } from '../../api/error-words.ts'

const purposes = ['noPhone', 'phoneDead', 'entry', 'patrol', 'door'] as const

interface HeldDocument {
  type: DocumentType
  number: string
  /** Of a passport: two countries may give the same number. */
  country?: string
}

interface Props {
  onCheck: (document: HeldDocument, purpose: string) => void
  /** A code or digits came instead: scanners type where the cursor is. */
  onCode: (text: string) => void
}

/** Looking somebody up by document, with the purpose that the person will see. */
export const DocumentForm = ({ onCheck, onCode }: Props) => {
  const { t } = useTranslation()
  const [type, setType] = useState<DocumentType>('resident_id')
  const [number, setNumber] = useState('')
  const [country, setCountry] = useState('')
  const [purpose, setPurpose] = useState<(typeof purposes)[number]>('noPhone')
  const [refusal, setRefusal] = useState<string>()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const read = readTyped(type, number, country)
    setRefusal(read.refusal)
    // The next one is typed or read over it.
    if (read.refusal === undefined) setNumber('')
    if (read.code !== undefined) onCode(read.code)
    // The purpose is shown to the person looked up: always in the city's language.
    if (read.document) onCheck(read.document, t(`checkpoint.purposes.${purpose}`, { lng: 'zh' }))
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
      {type === 'passport' && (
        <>
          <label htmlFor="document-country">{t('checkpoint.documentCountry')}</label>
          <input
            id="document-country"
            value={country}
            maxLength={3}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            aria-describedby="document-problem"
            onChange={(event) => setCountry(event.target.value.toUpperCase())}
          />
        </>
      )}
      <label htmlFor="document-number">{t('checkpoint.documentNumber')}</label>
      <input
        id="document-number"
        value={number}
        maxLength={600}
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

interface Read {
  document?: HeldDocument
  code?: string
  refusal?: string
}

// The chosen kind first: eight digits are a Taiwan permit where that was chosen, and digits of a phone elsewhere. A
// card reader types eighteen, whatever kind was chosen for the person before.
const readTyped = (type: DocumentType, text: string, country: string): Read => {
  const parsed = parseDocumentNumber(type, text, { todayOn: shanghaiDayOf(Date.now()) })
  if (parsed.ok && parsed.type !== 'passport')
    return { document: { type: parsed.type, number: parsed.number } }
  if (parsed.ok)
    return /^[A-Z]{3}$/.test(country)
      ? { document: { type: parsed.type, number: parsed.number, country } }
      : { refusal: 'country' }
  const read = parseScannedText(text)
  if (read.kind === 'document') return { document: { type: read.documentType, number: read.value } }
  if (read.kind === 'personal' || read.kind === 'paper' || read.kind === 'numeric') return { code: text }
  return { refusal: parsed.reason }
}
