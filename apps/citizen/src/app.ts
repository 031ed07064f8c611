import type { PropsWithChildren } from 'react'
import { prepareStart } from './platform/start.ts'
import './app.css'

prepareStart()

const App = ({ children }: PropsWithChildren) => children

export default App
