import type { ReactNode } from 'react'
import { serverAddress } from '../platform/server-address.ts'

/** A link to a page of others, a telephone, or a file of the server. */
export const OutsideLink = ({ address, children }: { address: string; children: ReactNode }) => (
  <a
    className="outside-link"
    href={address.startsWith('/') ? serverAddress(address) : address}
    target="_blank"
    rel="noopener noreferrer"
  >
    {children}
  </a>
)
