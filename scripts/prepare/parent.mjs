/**
 * Calls back when npm, or the shell it puts between, is gone: a signal sent to npm ends those two and never arrives
 * here. Does nothing when a person started the script directly.
 */
export const onParentEnd = (callback) => {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    callback()
  }, 300)
  watch.unref()
}
