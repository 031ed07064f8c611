import { Counter, Gauge, type Registry } from 'prom-client'

/**
 * What tells an operator that processes die. Kept by the primary, or by a lone process about itself.
 * @param names of the processes that ought to run
 */
export const createSupervisionMeters = (registry: Registry, names: string[]) => {
  const wanted = new Gauge({
    name: 'jkb_processes_wanted',
    help: 'Processes that ought to run',
    registers: [registry],
  })
  wanted.set(names.length)
  const restarts = new Counter({
    name: 'jkb_process_restarts_total',
    help: 'Times a process died and was started again',
    labelNames: ['process'],
    registers: [registry],
  })
  for (const name of names) restarts.inc({ process: name }, 0)
  return { countRestart: (name: string): void => restarts.inc({ process: name }) }
}
