import { formatNumericCode } from '@jiankangbao/domain/codes/numeric-code'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

const DIGITS = 8
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** Big keys for eight spoken digits; the eighth sends. */
export const NumericPad = ({ onCode }: { onCode: (digits: string) => void }) => {
  const { t } = useTranslation()
  const [digits, setDigits] = useState('')
  useEffect(() => {
    if (digits.length !== DIGITS) return
    setDigits('')
    onCode(digits)
  }, [digits, onCode])
  const press = (digit: string): void => setDigits((before) => (before + digit).slice(0, DIGITS))
  return (
    <div className="cp-pad">
      <output className="cp-digits" aria-label={t('checkpoint.typeNumeric')} data-testid="numeric-display">
        {digits === '' ? <span>{t('checkpoint.typeNumeric')}</span> : formatNumericCode(digits)}
      </output>
      <div className="cp-keys">
        {keys.map((key) => (
          <button type="button" key={key} onClick={() => press(key)}>
            {key}
          </button>
        ))}
        <button type="button" className="cp-key-word" onClick={() => setDigits('')}>
          {t('checkpoint.clear')}
        </button>
        <button type="button" onClick={() => press('0')}>
          0
        </button>
        <button
          type="button"
          aria-label={t('checkpoint.erase')}
          onClick={() => setDigits((before) => before.slice(0, -1))}
        >
          ⌫
        </button>
      </div>
    </div>
  )
}
