/** Keys that can not or must not be used: one sentence in Chinese, one in English, each with what to do. */
export class KeyProblem extends Error {
  override name = 'KeyProblem'

  constructor(
    readonly zh: string,
    readonly en: string,
  ) {
    super(`${zh}\n${en}`)
  }
}
