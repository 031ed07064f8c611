import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

const times = () =>
  cpus().reduce(
    (sum, { times: { user, nice, sys, idle, irq } }) => ({
      busy: sum.busy + user + nice + sys + irq,
      all: sum.all + user + nice + sys + irq + idle,
    }),
    { busy: 0, all: 0 },
  )

/** How much of the processors is in use while this run does nothing: 0 to 1, over two seconds. */
export const measureNeighbours = async (): Promise<number> => {
  const before = times()
  await sleep(2000)
  const after = times()
  return (after.busy - before.busy) / Math.max(1, after.all - before.all)
}

/** What to think of figures taken beside this much else. */
export const describeNeighbours = (share: number): string =>
  share < 0.05
    ? 'The machine is quiet.'
    : `Something else uses ${Math.round(share * 100)} % of the processors: the figures will be too low.`
