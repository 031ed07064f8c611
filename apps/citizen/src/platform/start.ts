/** Mini programs open on the page named in the link's rule; nothing to prepare. */
export const prepareStart = (_beginScan: unknown): void => {}
