import { setTimeout as sleep } from 'node:timers/promises'
import { createFigures } from './figures.ts'
import type { LaboratoryWork } from './laboratory.ts'
import { type DayPlan, ROUND_MINUTES, SWAB_SECONDS } from './plan.ts'
import { type FilledTube, nextBarcode, type Sampler } from './sampler.ts'

/** A box leaves a site, travels, and is there. */
const BOX_EVERY_MINUTES = 20
const TRAVEL_MINUTES = 40
const LABORATORY_EVERY_MINUTES = 5
/** Nobody came for so long: the tube is sealed as it is. */
const IDLE_MINUTES = 10
/** Whoever finds a site closed walks to another; whoever is called back is there after an hour. */
const WALK_MINUTES = 30
const CALLED_BACK_MINUTES = 60
/** What is not over by then never will be. */
const LATEST_MINUTE = 36 * 60

interface Waiting {
  person: number
  since: number
  isSingle: boolean
}

interface Site {
  isOpen: boolean
  queue: Waiting[]
  sealed: FilledTube[]
  tables: Sampler[]
  laboratory: LaboratoryWork
}

interface DayOptions {
  plan: DayPlan
  speed: number
  /** Of each site. */
  tables: Sampler[][]
  laboratories: LaboratoryWork[]
  /** Sites that fail, and when; they do not open again. */
  failing: { sites: number[]; minute: number }
  report: (minute: number, words: string) => void
}

export interface DayRun {
  taken: number
  refused: Record<string, number>
  positivePools: number
  positiveSingles: number
  calledBack: number
  movedFromFailedSites: number
  longestWaitMinutes: number
  lastResultMinute: number
  held: number
  pushes: { tubes: number; milliseconds: number }[]
  /** In positive pools and alone positive, by number. */
  concerned: Set<number>
  stretches: ReturnType<ReturnType<typeof createFigures>['read']>
}

/** Plays a day of testing: people come, tables swab, carriers drive, laboratories tell, whoever is in a positive pool comes again. */
export const playDay = async (options: DayOptions): Promise<DayRun> => {
  const { plan, speed, failing } = options
  const figures = createFigures()
  const begin = performance.now()
  const minuteNow = () => ((performance.now() - begin) * speed) / 60_000
  const untilMinute = (minute: number) => sleep(Math.max(1, ((minute - minuteNow()) * 60_000) / speed))
  const run: Omit<DayRun, 'stretches'> = {
    taken: 0,
    refused: {},
    positivePools: 0,
    positiveSingles: 0,
    calledBack: 0,
    movedFromFailedSites: 0,
    longestWaitMinutes: 0,
    lastResultMinute: 0,
    held: 0,
    pushes: [],
    concerned: new Set(),
  }
  const sites: Site[] = options.tables.map((tables, at) => ({
    isOpen: true,
    queue: [],
    sealed: [],
    tables,
    // biome-ignore lint/style/noNonNullAssertion: there is at least one
    laboratory: options.laboratories[at % options.laboratories.length]!,
  }))
  const later: { minute: number; site: number; waiting: Waiting }[] = []
  let cursor = 0
  let busyTables = 0
  let tubesUnderWay = 0
  let isOver = false
  const cameFrom = new Map<string, number>()

  const comesTo = (site: number, waiting: Waiting): void => {
    const to = sites[site]
    if (to?.isOpen) {
      to.queue.push({ ...waiting, since: minuteNow() })
      return
    }
    run.movedFromFailedSites += 1
    let next = site
    while (!sites[next]?.isOpen) next = (next + 3) % sites.length
    later.push({ minute: minuteNow() + WALK_MINUTES, site: next, waiting })
  }

  const letPeopleCome = (minute: number): void => {
    for (
      let arrival = plan.arrivals[cursor];
      arrival && arrival.minute <= minute;
      arrival = plan.arrivals[cursor]
    ) {
      cursor += 1
      figures.count(arrival.minute, 'arrived')
      comesTo(arrival.site, { person: arrival.person, since: arrival.minute, isSingle: false })
    }
    for (const each of later.filter((one) => one.minute <= minute)) {
      later.splice(later.indexOf(each), 1)
      comesTo(each.site, each.waiting)
    }
  }

  const failSites = (minute: number): void => {
    if (minute < failing.minute) return
    for (const at of failing.sites) {
      const site = sites[at]
      if (!site?.isOpen) continue
      site.isOpen = false
      for (const waiting of site.queue.splice(0)) comesTo(at, waiting)
    }
  }

  const seal = async (site: Site, at: number, sampler: Sampler, tube: FilledTube): Promise<void> => {
    await sampler.seal(tube)
    cameFrom.set(tube.barcode, at)
    site.sealed.push(tube)
    tubesUnderWay += 1
    figures.count(minuteNow(), 'tubesSealed')
  }

  const take = async (sampler: Sampler, tube: FilledTube, person: number): Promise<string> => {
    const { outcome, milliseconds } = await sampler.sample(tube, person)
    const isAnswer = outcome === 'taken' || outcome === 'must_be_single'
    figures.answered(minuteNow(), isAnswer, milliseconds)
    if (outcome === 'taken') {
      run.taken += 1
      figures.count(minuteNow(), 'sampled')
    } else if (outcome !== 'must_be_single') run.refused[outcome] = (run.refused[outcome] ?? 0) + 1
    return outcome
  }

  const takeSingly = async (site: Site, at: number, sampler: Sampler, person: number): Promise<void> => {
    const tube = await sampler.open('single')
    if ((await take(sampler, tube, person)) === 'taken') await seal(site, at, sampler, tube)
  }

  type Table = { sampler: Sampler; tube: Awaited<ReturnType<Sampler['open']>> | undefined; idleSince: number }

  const close = async (site: Site, at: number, table: Table): Promise<void> => {
    const { tube, sampler } = table
    table.tube = undefined
    if (tube && tube.people.length > 0) await seal(site, at, sampler, tube)
  }

  const swab = async (site: Site, at: number, table: Table, next: Waiting): Promise<void> => {
    const { sampler } = table
    run.longestWaitMinutes = Math.max(run.longestWaitMinutes, minuteNow() - next.since)
    if (next.isSingle) return takeSingly(site, at, sampler, next.person)
    table.tube ??= await sampler.open('ten')
    const { tube } = table
    if ((await take(sampler, tube, next.person)) === 'must_be_single')
      await takeSingly(site, at, sampler, next.person)
    if (tube.people.length === tube.capacity) await close(site, at, table)
  }

  /** One table: one after the other, ten to a tube, until its site closes. */
  const workAt = async (site: Site, at: number, sampler: Sampler): Promise<void> => {
    const table: Table = { sampler, tube: undefined, idleSince: minuteNow() }
    while (!isOver && site.isOpen) {
      const next = site.queue.shift()
      const isLeft = !next && table.tube !== undefined && minuteNow() - table.idleSince > IDLE_MINUTES
      if (!next && !isLeft) {
        await sleep(3)
        continue
      }
      busyTables += 1
      const from = performance.now()
      if (next) await swab(site, at, table, next)
      else await close(site, at, table)
      await sleep(Math.max(0, (SWAB_SECONDS * 1000) / speed - (performance.now() - from)))
      busyTables -= 1
      table.idleSince = minuteNow()
    }
    await close(site, at, table)
  }

  const driveFrom = async (site: Site): Promise<void> => {
    for (let minute = BOX_EVERY_MINUTES; !isOver; minute += BOX_EVERY_MINUTES) {
      await untilMinute(minute)
      const tubes = site.sealed.splice(0, 500)
      const [carrierGiver] = site.tables
      if (tubes.length === 0 || !carrierGiver) continue
      const box = nextBarcode('90')
      for (const tube of tubes) await carrierGiver.pack(box, tube)
      await carrierGiver.handOver(box, tubes.length, site.laboratory.partnerId)
      site.laboratory.send({ barcode: box, tubes, arrivesAt: minuteNow() + TRAVEL_MINUTES })
    }
  }

  const callBack = (tube: FilledTube): void => {
    for (const person of tube.people) run.concerned.add(person)
    if (tube.people.length === 1) {
      run.positiveSingles += 1
      return
    }
    run.positivePools += 1
    run.calledBack += tube.people.length
    const site = cameFrom.get(tube.barcode) ?? 0
    for (const person of tube.people)
      later.push({
        minute: minuteNow() + CALLED_BACK_MINUTES,
        site,
        waiting: { person, since: 0, isSingle: true },
      })
  }

  const workIn = async (laboratory: LaboratoryWork): Promise<void> => {
    for (let minute = LABORATORY_EVERY_MINUTES; !isOver; minute += LABORATORY_EVERY_MINUTES) {
      await untilMinute(minute)
      const { received, told } = await laboratory.work(minuteNow())
      figures.count(minuteNow(), 'tubesReceived', received)
      for (const { tubes, positive, milliseconds, held } of told) {
        run.pushes.push({ tubes: tubes.length, milliseconds })
        run.held += held
        run.lastResultMinute = minuteNow()
        tubesUnderWay -= tubes.length
        figures.count(minuteNow(), 'tubesTold', tubes.length)
        for (const tube of positive) callBack(tube)
      }
    }
  }

  const isQuiet = () =>
    cursor === plan.arrivals.length &&
    later.length === 0 &&
    busyTables === 0 &&
    tubesUnderWay === 0 &&
    minuteNow() > ROUND_MINUTES + IDLE_MINUTES + 5 &&
    sites.every(({ queue, sealed }) => queue.length === 0 && sealed.length === 0)

  const keepTime = async (): Promise<void> => {
    let toldHour = 0
    while (!isOver) {
      const minute = minuteNow()
      letPeopleCome(minute)
      failSites(minute)
      const waiting = sites.reduce((sum, { queue }) => sum + queue.length, 0)
      figures.stand(minute, waiting, tubesUnderWay)
      if (Math.floor(minute / 60) > toldHour) {
        toldHour = Math.floor(minute / 60)
        options.report(
          toldHour * 60,
          `${run.taken} sampled, ${waiting} waiting, ${tubesUnderWay} tubes under way`,
        )
      }
      if (minute > LATEST_MINUTE)
        throw new Error(`The day does not end: ${waiting} wait, ${tubesUnderWay} tubes under way.`)
      // Twice, so that a tube sealed between two looks is seen.
      if (isQuiet()) {
        await sleep((IDLE_MINUTES * 2 * 60_000) / speed)
        isOver = isQuiet()
      }
      await sleep(3)
    }
  }

  await Promise.all([
    keepTime(),
    ...sites.flatMap((site, at) => site.tables.map((sampler) => workAt(site, at, sampler))),
    ...sites.map(driveFrom),
    ...options.laboratories.map(workIn),
  ])
  return { ...run, stretches: figures.read() }
}
