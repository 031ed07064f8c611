/** Where a file of the server is found by its path. */
export const serverAddress = (path: string): string => path

/** The address of a screen that any browser opens. */
export const webAddress = (path: string): string => window.location.origin + path
