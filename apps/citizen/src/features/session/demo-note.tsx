import { say } from '../../words/words.ts'
import { useClientConfig } from './client-config.ts'

/** Says that the city is made up, where it is. */
export const DemoNote = () =>
  useClientConfig()?.demo ? <p className="small demo-note">{say('app.demo')}</p> : null
