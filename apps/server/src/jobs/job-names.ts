import type { JOB_NAMES } from '@jiankangbao/contracts/system/schemas'

const MINUTE = 60
const HOUR = 60 * MINUTE

/**
 * Every job, with the seconds after which it is late when it has not succeeded: a few of its turns, or as long as its
 * longest turn takes in a city of nine million. What runs by the clock has its line of the crontab (UTC).
 */
export const JOBS = {
  make_partitions: { crontab: '*/10 * * * * make_partitions ?fill=1h', lateAfterSeconds: HOUR },
  purge_short_lived: { crontab: '*/5 * * * * purge_short_lived', lateAfterSeconds: 30 * MINUTE },
  expire_proposals: { crontab: '*/5 * * * * expire_proposals', lateAfterSeconds: 30 * MINUTE },
  rematch_stays: { crontab: '* * * * * rematch_stays', lateAfterSeconds: 30 * MINUTE },
  sweep_unclaimed: { crontab: '* * * * * sweep_unclaimed', lateAfterSeconds: 30 * MINUTE },
  watch_tubes: { crontab: '*/10 * * * * watch_tubes', lateAfterSeconds: HOUR },
  settle_bookings: { crontab: '* * * * * settle_bookings', lateAfterSeconds: 30 * MINUTE },
  count_rounds: { crontab: '* * * * * count_rounds', lateAfterSeconds: 30 * MINUTE },
  require_tests: { crontab: '*/5 * * * * require_tests', lateAfterSeconds: HOUR },
  expire_entries: { crontab: '*/10 * * * * expire_entries', lateAfterSeconds: HOUR },
  // 09:00 and 16:00 in Shanghai.
  remind_of_declarations: { crontab: '0 1,8 * * * remind_of_declarations', lateAfterSeconds: 19 * HOUR },
  purge_outside_data: { crontab: '7 * * * * purge_outside_data', lateAfterSeconds: 3 * HOUR },
  sweep_imports: { crontab: '*/10 * * * * sweep_imports', lateAfterSeconds: HOUR },
  drop_old_partitions: { crontab: '17 3 * * * drop_old_partitions ?fill=2d', lateAfterSeconds: 26 * HOUR },
  purge_visit_marks: { crontab: '19 3 * * * purge_visit_marks ?fill=2d', lateAfterSeconds: 26 * HOUR },
  purge_declarations: { crontab: '27 3 * * * purge_declarations ?fill=2d', lateAfterSeconds: 26 * HOUR },
  purge_appeals: { crontab: '37 3 * * * purge_appeals ?fill=2d', lateAfterSeconds: 26 * HOUR },
  purge_samples: { crontab: '41 3 * * * purge_samples ?fill=2d', lateAfterSeconds: 26 * HOUR },
  purge_cases: { crontab: '42 3 * * * purge_cases ?fill=2d', lateAfterSeconds: 26 * HOUR },
  purge_audit_entries: { crontab: '47 3 * * * purge_audit_entries ?fill=2d', lateAfterSeconds: 26 * HOUR },
  evaluation: { lateAfterSeconds: HOUR },
  awaited_evaluation: { lateAfterSeconds: 10 * MINUTE },
  audit_seals: { lateAfterSeconds: 10 * MINUTE },
  audit_witness: { lateAfterSeconds: 10 * MINUTE },
  audit_verifications: { lateAfterSeconds: 6 * HOUR },
  provincial_codes: { lateAfterSeconds: 10 * MINUTE },
  risk_areas: { lateAfterSeconds: 10 * MINUTE },
  area_lifts: { lateAfterSeconds: 10 * MINUTE },
  colour_texts: { lateAfterSeconds: 10 * MINUTE },
  announcement_texts: { lateAfterSeconds: 10 * MINUTE },
  round_tellings: { lateAfterSeconds: 10 * MINUTE },
  service_checks: { lateAfterSeconds: 10 * MINUTE },
  hotline_exchange: { lateAfterSeconds: 10 * MINUTE },
  board: { lateAfterSeconds: 10 * MINUTE },
  lists: { lateAfterSeconds: 2 * HOUR },
  rulesets: { lateAfterSeconds: 3 * HOUR },
  dry_runs: { lateAfterSeconds: 3 * HOUR },
  arrivals: { lateAfterSeconds: 10 * MINUTE },
  follow_ups: { lateAfterSeconds: 10 * MINUTE },
  key_rotations: { lateAfterSeconds: 10 * MINUTE },
} as const satisfies Record<(typeof JOB_NAMES)[number], { crontab?: string; lateAfterSeconds: number }>

export type JobName = keyof typeof JOBS

/** The jobs that have to run with these settings. */
export const listJobs = ({
  colourTextsPerMinute,
  announcementTexts,
  providers,
}: {
  colourTextsPerMinute: number
  announcementTexts: { perMinute: number }
  providers: { exchange: object | undefined }
}): JobName[] => {
  const sendsNothing = new Set<JobName>([
    ...(colourTextsPerMinute === 0 ? (['colour_texts'] as const) : []),
    ...(providers.exchange ? [] : (['hotline_exchange'] as const)),
    ...(announcementTexts.perMinute === 0 ? (['announcement_texts'] as const) : []),
  ])
  return (Object.keys(JOBS) as JobName[]).filter((job) => !sendsNothing.has(job))
}
