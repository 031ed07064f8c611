import { scanWithPhone } from '../../platform/scan-code.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../words/words.ts'

/** A mini program scans with WeChat's or Alipay's own scanner. */
export const ScanSources = ({ onText }: { onText: (text: string) => boolean }) => (
  <div className="card stack">
    <p className="lead">{say('scan.lead')}</p>
    <Button
      onClick={async () => {
        const scanned = await scanWithPhone()
        if (scanned.ok) onText(scanned.text)
      }}
    >
      {say('scan.phone')}
    </Button>
  </div>
)
