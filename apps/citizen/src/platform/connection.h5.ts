/** Calls back whenever the browser gets its network back or the page comes to the front. Returns the way to stop. */
export const onReconnected = (call: () => void): (() => void) => {
  const seen = () => {
    if (document.visibilityState === 'visible') call()
  }
  window.addEventListener('online', call)
  document.addEventListener('visibilitychange', seen)
  return () => {
    window.removeEventListener('online', call)
    document.removeEventListener('visibilitychange', seen)
  }
}
