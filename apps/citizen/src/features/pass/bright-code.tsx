import { formatNumericCode } from '@jiankangbao/domain/codes/numeric-code'
import { useEffect } from 'react'
import { canSpeak, keepBright, speak } from '../../platform/attention.ts'
import { focusHeading, onEscape } from '../../platform/page-look.ts'
import { LiveText } from '../../ui/live-text.tsx'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { languageFacts, say } from '../../words/words.ts'

interface BrightCodeProps {
  kind: 'qr' | 'numeric'
  qrText: string
  numericCode: string
  onClose: () => void
}

/** The code as large and bright as the phone can: white, nothing else. A tap anywhere closes it. */
export const BrightCode = ({ kind, qrText, numericCode, onClose }: BrightCodeProps) => {
  useEffect(() => {
    focusHeading('bright-close')
    return keepBright()
  }, [])
  useEffect(() => onEscape(onClose), [onClose])
  useEffect(() => {
    // Read in pairs of digits, the way they are dictated.
    if (kind === 'numeric' && canSpeak()) speak(numericCode.split('').join(' '), languageFacts().tag)
  }, [kind, numericCode])
  return (
    <div
      className="bright"
      role="dialog"
      aria-modal="true"
      aria-label={say('pass.bright')}
      data-testid="bright"
    >
      <button
        type="button"
        className="bright-close"
        id="bright-close"
        aria-label={say('pass.close')}
        onClick={onClose}
      >
        {kind === 'qr' ? (
          <QrPicture text={qrText} label={say('pass.bright')} className="bright-qr" />
        ) : (
          <LiveText className="bright-digits">{formatNumericCode(numericCode)}</LiveText>
        )}
        <span className="bright-hint">✕ {say('action.close')}</span>
      </button>
    </div>
  )
}
