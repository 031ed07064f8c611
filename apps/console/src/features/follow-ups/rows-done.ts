import type { FollowUpRows } from '@jiankangbao/contracts/follow-up/schemas'

/** One row of an act that was left as it is: the page shows why. */
export class SkippedError extends Error {
  constructor(readonly skipped: NonNullable<FollowUpRows['rows'][number]['skipped']>) {
    super(skipped)
  }
}

/** @throws SkippedError where the one row asked for was not done */
export const requireDone = (rows: FollowUpRows): FollowUpRows => {
  const skipped = rows.rows.find((row) => row.skipped)?.skipped
  if (skipped) throw new SkippedError(skipped)
  return rows
}
