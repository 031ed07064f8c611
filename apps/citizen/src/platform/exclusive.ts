const last = new Map<string, Promise<unknown>>()

/** Runs one at a time under each name. A mini program is a single process, so a chain is enough. */
export const runExclusive = <T>(name: string, run: () => Promise<T>): Promise<T> => {
  // One chain for all names would stop for good where work under one name waits for work under another.
  const next = (last.get(name) ?? Promise.resolve()).then(run, run)
  last.set(
    name,
    next.catch(() => undefined),
  )
  return next
}
