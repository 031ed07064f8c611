import type { Parts } from '../../../parts.ts'
import { remindOfDeadlines } from '../../measures/monitoring/test-reminders.ts'

/** Reminds whoever still has to be tested until the end of tomorrow by a rule or after a round. @returns how many notices */
export const remindOfRequired = (parts: Pick<Parts, 'pool' | 'clock'>): Promise<number> =>
  remindOfDeadlines(parts, { table: 'required_tests', dueAt: 'due_at' }, Math.max)
