import type { PropsWithChildren } from 'react'
import { startOutbox } from './features/door/use-outbox.ts'
import { prepareStart } from './platform/start.ts'
import { warmPages } from './platform/warm-pages.ts'
import './app.css'

prepareStart()
startOutbox()
warmPages()

const App = ({ children }: PropsWithChildren) => children

export default App
