import { setTimeout as sleep } from 'node:timers/promises'

/** Whether `work` was over after so many milliseconds; what it throws by then is thrown. */
export const isOverWithin = async (milliseconds: number, work: Promise<unknown>): Promise<boolean> =>
  Promise.race([work.then(() => true), sleep(milliseconds, false, { ref: false })])
