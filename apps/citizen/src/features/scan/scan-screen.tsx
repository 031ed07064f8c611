import { useState } from 'react'
import { vibrate } from '../../platform/attention.ts'
import { Button } from '../../ui/button.tsx'
import { Tick } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { Message } from '../../ui/message.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { openDoor } from './open-door.ts'
import { judgeScanned, type ScanRefusal } from './open-scanned.ts'
import { ScanSources } from './scan-sources.tsx'

/** Three ways to the same door: camera, picture, typing. */
export const ScanScreen = () => {
  const [typed, setTyped] = useState('')
  const [choose, setChoose] = useState(false)
  const [refusal, setRefusal] = useState<ScanRefusal>()
  const [typedWrong, setTypedWrong] = useState<ScanRefusal>()

  const take = (text: string): boolean => {
    const judged = judgeScanned(text, false)
    setRefusal(judged.ok ? undefined : judged.reason)
    if (!judged.ok) return false
    vibrate('short')
    openDoor(judged.code, choose)
    return true
  }
  const openTyped = () => {
    const judged = judgeScanned(typed, true)
    setTypedWrong(judged.ok ? undefined : judged.reason)
    if (judged.ok) openDoor(judged.code, choose)
  }
  return (
    <Screen name="scan">
      {refusal && <Message kind="wrong">{say(`scan.${refusal}`)}</Message>}
      <ScanSources onText={take} />
      <Tick text={say('scan.withOthers')} ticked={choose} onChange={setChoose} />
      <div className="card stack">
        <Field
          id="venue-code"
          label={say('scan.typed')}
          hint={say('scan.typedHint')}
          value={typed}
          onChange={(text) => {
            setTyped(text)
            setTypedWrong(undefined)
          }}
          onEnter={openTyped}
          error={typedWrong && say(`scan.${typedWrong}`)}
          maxLength={300}
        />
        <Button kind="quiet" onClick={openTyped}>
          {say('scan.open')}
        </Button>
      </div>
    </Screen>
  )
}
