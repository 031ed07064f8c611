/** A problem the person at the keyboard can solve: one line in Chinese, one in English, each with the way out. */
export class Problem extends Error {
  constructor(zh, en, details = '') {
    super(en)
    Object.assign(this, { zh, en, details })
  }
}

/** Prints any failure; those of `Problem`'s shape without a stack, which would hide the way out. */
export const printProblem = (error) => {
  console.error('')
  if (error?.zh && error.en) {
    if (error.details) console.error(`${error.details}\n`)
    console.error(`✗ ${error.zh}\n✗ ${error.en}`)
  } else if (error?.name === 'MigrationError') {
    console.error(`✗ 数据库升级被拒绝。\n✗ The database was not migrated: ${error.message}`)
  } else {
    console.error(error)
  }
}
