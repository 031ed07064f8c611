/** Calls back whenever another tab changed a stored key that begins with `start`. Returns the way to stop. */
export const onStoredElsewhere = (start: string, call: () => void): (() => void) => {
  const heard = ({ key }: StorageEvent) => {
    // Without a key everything was cleared.
    if (key === null || key.startsWith(`jkb.${start}`)) call()
  }
  window.addEventListener('storage', heard)
  return () => window.removeEventListener('storage', heard)
}
