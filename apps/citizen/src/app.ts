import type { PropsWithChildren } from 'react'
import { beginScan } from './features/door/begun-scans.ts'
import { startOutbox } from './features/door/use-outbox.ts'
import { openPoster } from './features/scan/poster.ts'
import { usePosterLink } from './platform/poster-link.ts'
import { prepareStart } from './platform/start.ts'
import { warmPages } from './warm-pages.ts'
import './app.css'

prepareStart(beginScan)
startOutbox()
warmPages()

const App = ({ children }: PropsWithChildren) => {
  usePosterLink(openPoster)
  return children
}

export default App
