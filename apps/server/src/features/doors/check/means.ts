/** Stored in `checks.means`. */
export const MEANS = { personal_code: 1, numeric_code: 2, paper_code: 3, document: 4 } as const
export type Means = keyof typeof MEANS
