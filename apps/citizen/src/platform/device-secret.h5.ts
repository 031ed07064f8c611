/** A browser keeps the secret of the device in a cookie that no page can read: nothing to send, nothing to keep. */
export const keptDevice = (): Record<never, never> => ({})

export const keepDevice = (_secret: string): void => undefined
