/** Mini programs carry all their pages. */
export const warmPages = (): void => {}
