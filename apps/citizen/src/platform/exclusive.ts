let last: Promise<unknown> = Promise.resolve()

/** Runs one at a time. A mini program is a single process, so a chain is enough. */
export const runExclusive = <T>(_name: string, run: () => Promise<T>): Promise<T> => {
  const next = last.then(run, run)
  last = next.catch(() => undefined)
  return next
}
