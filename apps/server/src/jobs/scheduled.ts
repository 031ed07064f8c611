import { type Runner, run, type TaskList } from 'graphile-worker'
import { expireProposals } from '../features/approval/proposal/expire-proposals.ts'
import {
  purgeUnclaimedFindings,
  sweepUnclaimedFindings,
} from '../features/colours/facts/unclaimed-findings.service.ts'
import { purgeEchoes } from '../features/doors/check/echo.service.ts'
import { purgeEnrolments } from '../features/doors/check/enrolment.service.ts'
import { purgeLetPasses } from '../features/doors/check/let-pass.service.ts'
import { purgeNumericCodes } from '../features/doors/code/purge-numeric-codes.ts'
import { encryptLicences, purgeVenueOffers } from '../features/doors/venue/venue-upkeep.ts'
import { dropOldPartitions, makePartitions } from '../features/doors/visit/day-partitions.ts'
import { purgeCompanions } from '../features/doors/visit/purge-companions.ts'
import { purgeVisitMarks } from '../features/doors/visit/visit-mark.service.ts'
import { purgeHeldPushes, tellHeldPushes } from '../features/inflow/held-push/held-push.service.ts'
import { renewResultDrafts } from '../features/inflow/laboratory/laboratory.service.ts'
import {
  purgeUnclaimedResults,
  sweepUnclaimedResults,
} from '../features/inflow/laboratory/unclaimed-results.service.ts'
import { purgePartnerBatches } from '../features/inflow/partner/partner.service.ts'
import { purgeUpstreamFigures } from '../features/inflow/upstream/upstream.service.ts'
import { reopenLapsedMatters } from '../features/journeys/declaration/lapsed-matters.ts'
import { purgeDeclarations } from '../features/journeys/declaration/purge.ts'
import { remindOfDeclarations } from '../features/journeys/declaration/reminders.ts'
import { expireEntries, rematchStays } from '../features/journeys/entry/arrivals.ts'
import { purgeAuditEntries } from '../features/ledger/audit/seal.service.ts'
import { purgeIncidents } from '../features/ledger/incident/incident.service.ts'
import { purgeLookupCounts } from '../features/ledger/lookup/lookup-count.queries.ts'
import { dropAbandonedImports } from '../features/lists/desk/import.service.ts'
import { forgetListedAgain } from '../features/lists/store/listed-again.ts'
import { purgeAppeals, reopenLapsedAppeals } from '../features/measures/appeal/lapsed.ts'
import { purgeFollowUps } from '../features/measures/monitoring/purge-follow-ups.ts'
import { remindOfTests } from '../features/measures/monitoring/required-tests.ts'
import { purgeWalls } from '../features/office/board/wall.service.ts'
import { purgeCorrections } from '../features/office/correction/purge-corrections.ts'
import { purgeHotlineCalls } from '../features/office/hotline/purge-calls.ts'
import { purgeServiceGrants } from '../features/office/service/grant.service.ts'
import { purgeTickets, tellOverdueTickets } from '../features/office/ticket/overdue.ts'
import { purgeAccountData } from '../features/people/account/purge-account-data.ts'
import { expireCounterActs } from '../features/people/counter/purge-counter-acts.ts'
import { purgeFamilyRequests } from '../features/people/member/purge-family-requests.ts'
import { purgeOperatorSessions } from '../features/people/operator/sign-in.service.ts'
import { purgeFaceChecks } from '../features/people/person/purge-face-checks.ts'
import { readFormerDocuments } from '../features/people/person/read-former-documents.ts'
import { tellLateMatters } from '../features/people/same-person/late-matters.ts'
import { purgeTakeOvers, tellLateTakeOvers } from '../features/people/take-over/late-take-overs.ts'
import { purgeBookings, settleBookings } from '../features/testing/booking/settle-bookings.ts'
import { remindOfRequired } from '../features/testing/required/remind.ts'
import { purgeRequiredTests, renewRequiredTests } from '../features/testing/required/renew-required.ts'
import { purgeResultSheets } from '../features/testing/result/purge-sheets.ts'
import { countRounds } from '../features/testing/round/count-rounds.ts'
import { purgeRounds } from '../features/testing/round/purge-rounds.ts'
import { watchTubes } from '../features/testing/sampling/missing-tubes.ts'
import { purgeSamples } from '../features/testing/sampling/purge-samples.ts'
import { purgeCases } from '../features/tracing/case/purge-cases.ts'
import { purgeRateCounters } from '../http/rate-limit.ts'
import { purgeRequestDigests } from '../http/request-digests.ts'
import type { Parts } from '../parts.ts'
import { JOBS, type JobName } from './job-names.ts'

/** Figures of providers, batches and results that nobody needs any more. */
const purgeOutsideData = async (parts: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await purgeUpstreamFigures(parts)
  await purgePartnerBatches(parts)
  await purgeHeldPushes(parts)
  await sweepUnclaimedResults(parts)
  await purgeUnclaimedResults(parts)
  await purgeUnclaimedFindings(parts)
  await forgetListedAgain(parts)
  await purgeServiceGrants(parts)
}

/** A transaction that lasts longer is found by the hourly sweep over all that wait. */
const RECENT_HOURS = 2

/** Results and findings of people who registered in the moment they were written. */
const sweepUnclaimed = async (parts: Pick<Parts, 'pool' | 'clock'>): Promise<void> => {
  await sweepUnclaimedResults(parts, RECENT_HOURS)
  await sweepUnclaimedFindings(parts)
}

/** Runs the scheduled jobs; graphile-worker sees to it that each runs once over all processes. */
export const startScheduledJobs = async (parts: Parts): Promise<Runner> => {
  const works = {
    make_partitions: () => makePartitions(parts),
    purge_short_lived: async () => {
      await purgeAccountData(parts)
      await purgeFaceChecks(parts)
      await purgeTakeOvers(parts)
      await purgeFamilyRequests(parts)
      await expireCounterActs(parts)
      await purgeCompanions(parts)
      await purgeVenueOffers(parts)
      await purgeWalls(parts)
      await purgeNumericCodes(parts)
      await purgeEchoes(parts)
      await purgeEnrolments(parts)
      await purgeOperatorSessions(parts)
      await purgeIncidents(parts)
      await purgeLookupCounts(parts)
      await purgeRateCounters(parts.pool, parts.clock())
      await purgeRequestDigests(parts.pool, parts.clock())
    },
    purge_outside_data: () => purgeOutsideData(parts),
    purge_cases: async () => {
      await purgeCases(parts)
      await purgeFollowUps(parts)
    },
    purge_appeals: async () => {
      await purgeAppeals(parts)
      await purgeTickets(parts)
      await purgeCorrections(parts)
      await purgeHotlineCalls(parts)
    },
    purge_declarations: () => purgeDeclarations(parts),
    sweep_imports: () => dropAbandonedImports(parts),
    sweep_unclaimed: async () => {
      await sweepUnclaimed(parts)
      await readFormerDocuments(parts)
      await encryptLicences(parts)
      await tellLateMatters(parts)
      await tellHeldPushes(parts)
      await tellLateTakeOvers(parts)
      await tellOverdueTickets(parts)
    },
    expire_proposals: async () => {
      await expireProposals(parts)
      await renewResultDrafts(parts)
      await reopenLapsedAppeals(parts)
      await reopenLapsedMatters(parts)
    },
    rematch_stays: async () => void (await rematchStays(parts)),
    expire_entries: async () => void (await expireEntries(parts)),
    remind_of_declarations: async () => {
      await remindOfDeclarations(parts)
      await remindOfTests(parts)
      await remindOfRequired(parts)
    },
    purge_visit_marks: async () => {
      await purgeVisitMarks(parts)
      await purgeLetPasses(parts)
    },
    drop_old_partitions: () => dropOldPartitions(parts),
    watch_tubes: async () => void (await watchTubes(parts)),
    settle_bookings: () => settleBookings(parts),
    count_rounds: () => countRounds(parts),
    require_tests: () => renewRequiredTests(parts),
    purge_samples: async () => {
      await purgeSamples(parts)
      await purgeBookings(parts)
      await purgeResultSheets(parts)
      await purgeRequiredTests(parts)
      await purgeRounds(parts)
    },
    purge_audit_entries: () => purgeAuditEntries(parts),
  } satisfies Partial<Record<JobName, () => Promise<void>>>
  const names = Object.keys(works) as (keyof typeof works)[]
  const taskList: TaskList = Object.fromEntries(
    names.map((name) => [name, () => parts.jobs.run(name, works[name])]),
  )
  return run({
    connectionString: parts.config.databaseUrl,
    crontab: names.map((name) => JOBS[name].crontab).join('\n'),
    taskList,
    concurrency: 2,
    noHandleSignals: true,
    maxPoolSize: 3,
  })
}
