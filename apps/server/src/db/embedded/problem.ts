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

/** The port belongs to somebody else; another one may do. */
export class PortTaken extends LocalProblem {
  override name = 'PortTaken'

  constructor(port: number) {
    super(
      `端口 ${port} 已被占用。请关闭占用它的程序，或用 PG_PORT=… 换一个端口。`,
      `Port ${port} is in use. Stop what uses it, or choose another with PG_PORT=…`,
    )
  }
}
