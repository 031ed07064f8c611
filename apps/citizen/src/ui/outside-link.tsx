import type { ReactNode } from 'react'
import { openLink } from '../platform/open-link.ts'

/** The same where no page of others can be opened: a press shows the file, calls, or copies the address. */
export const OutsideLink = ({ address, children }: { address: string; children: ReactNode }) => (
  <button type="button" className="outside-link" onClick={() => openLink(address)}>
    {children}
  </button>
)
