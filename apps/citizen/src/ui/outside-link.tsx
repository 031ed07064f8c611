import { type ReactNode, useState } from 'react'
import { type Opened, openLink } from '../platform/open-link.ts'
import { say } from '../words/words.ts'

/** The same where no page of others can be opened: a press shows the file, calls, or copies the address, and says so. */
export const OutsideLink = ({ address, children }: { address: string; children: ReactNode }) => {
  const [opened, setOpened] = useState<Opened>()
  return (
    <>
      <button type="button" className="outside-link" onClick={() => void openLink(address).then(setOpened)}>
        {children}
      </button>
      {(opened === 'copied' || opened === 'failed') && (
        <span className="small" role="status">
          {say(opened === 'copied' ? 'link.copied' : 'link.failed')}
        </span>
      )}
    </>
  )
}
