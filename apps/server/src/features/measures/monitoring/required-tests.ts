import type { Parts } from '../../../parts.ts'
import { remindOfDeadlines } from './test-reminders.ts'

/** Reminds whoever is looked after and has to be tested today or tomorrow, also where the hour is past. @returns how many notices */
export const remindOfTests = (parts: Pick<Parts, 'pool' | 'clock'>): Promise<number> =>
  remindOfDeadlines(parts, { table: 'follow_ups', dueAt: 'test_due_at' }, (begins) => begins)
