import { useState } from 'react'
import { scanWithPhone } from '../../platform/scan-code.ts'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { say } from '../../words/words.ts'

/** A mini program scans with WeChat's or Alipay's own scanner. */
export const ScanSources = ({ onText }: { onText: (text: string) => boolean }) => {
  const [refused, setRefused] = useState<'denied' | 'failed'>()
  const scan = async () => {
    const scanned = await scanWithPhone()
    setRefused(
      scanned.ok || scanned.reason === 'cancelled'
        ? undefined
        : scanned.reason === 'denied'
          ? 'denied'
          : 'failed',
    )
    if (scanned.ok) onText(scanned.text)
  }
  return (
    <div className="card stack">
      <p className="lead">{say('scan.lead')}</p>
      {refused && <Message kind="wrong">{say(`scan.${refused}`)}</Message>}
      <Button onClick={scan}>{say('scan.phone')}</Button>
    </div>
  )
}
