import { useState } from 'react'
import { Message } from '../../ui/message.tsx'
import { say } from '../../words/words.ts'
import { readPendingDoor } from './pending-door.ts'

/** Says that the scanned door is not forgotten. */
export const PendingDoorNote = ({ step }: { step: 'signIn' | 'register' | 'entry' }) => {
  const [door] = useState(readPendingDoor)
  if (!door) return null
  const text = door.venueName ? say(`${step}.forDoor`, { venue: door.venueName }) : say('signIn.forDoorPlain')
  return <Message kind="info">{text}</Message>
}
