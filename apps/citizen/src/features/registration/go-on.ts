import { replaceWith, startAt } from '../../platform/navigate.ts'
import { ownPendingDoor } from '../door/pending-door.ts'
import { type Standing, stepFrom } from '../session/session.ts'
import { takeWayBack } from '../session/way-back.ts'

/** Where a person goes next: a second proof, registration, the door they came for, or home. */
export const goOn = (standing: Standing): void => {
  const door = standing === 'registered' ? ownPendingDoor() : undefined
  if (door)
    replaceWith('door', { code: door.code, scan: door.scan, at: Date.parse(door.scannedAt).toString(36) })
  else if (standing === 'registered') startAt(takeWayBack() ?? 'home')
  else replaceWith(stepFrom[standing])
}
