/** A setting, or something in the database, with which a real city must not be served: what it is and what to do. */
export interface SafetyFault {
  /** The setting's name, or `database`. */
  where: string
  zh: string
  en: string
}

export const fault = (where: string, zh: string, en: string): SafetyFault => ({ where, zh, en })

/** All faults for whoever starts the server: a line each, Chinese and English. */
export const describeFaults = (faults: readonly SafetyFault[]): string =>
  [
    `DEMO=false：发现 ${faults.length} 处不安全，未启动。DEMO=false: ${faults.length} unsafe settings, nothing was started.`,
    ...faults.map(({ where, zh, en }) => `  ${where}: ${zh} ${en}`),
    '详见 docs/operations.md。See docs/operations.md, "The first day of a city".',
  ].join('\n')
