declare const API_ORIGIN: string

/** Where the mini programs find the server; set at build by `TARO_APP_API_ORIGIN`. The web app uses its own origin. */
export const apiOrigin: string = API_ORIGIN
