/** A start-up problem the person at the keyboard can solve: one line in Chinese, one in English, each with the way out. */
export class LocalProblem extends Error {
  override name = 'LocalProblem'

  constructor(
    readonly zh: string,
    readonly en: string,
    readonly details = '',
  ) {
    super(en)
  }
}
