import { apiOrigin } from './api-origin.ts'

/** Where a file of the server is found by its path. */
export const serverAddress = (path: string): string => apiOrigin + path

/** The address of a screen that any browser opens: the server gives out the web app too. */
export const webAddress = (path: string): string => apiOrigin + path
