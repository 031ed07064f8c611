/** The address of the web app names its page. */
export const usePosterLink = (_open: (link: string) => void): void => {}
