type Data = Record<string, unknown>

/** Bytes of one message to the screen; WeChat refuses more. */
const MOST_BYTES = 1024 * 1024

const stepsOf = (path: string): string[] =>
  path
    .replace(/\.?\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '')

const write = (data: Data, path: string, value: unknown): void => {
  const steps = stepsOf(path)
  let at: Data = data
  steps.forEach((step, index) => {
    if (index === steps.length - 1) {
      at[step] = value
      return
    }
    const next = at[step]
    if (typeof next !== 'object' || next === null) at[step] = /^\d+$/.test(steps[index + 1] ?? '') ? [] : {}
    at = at[step] as Data
  })
}

/**
 * Changes the data of a page as `setData` does: by paths, and with nothing but what survives being sent as text to the
 * thread that draws.
 */
export const applySetData = (data: Data, changes: Data, onProblem: (problem: string) => void): void => {
  for (const path of Object.keys(changes)) {
    const value = changes[path]
    if (value === undefined) {
      onProblem(`setData: ${path} is undefined`)
      continue
    }
    const text = JSON.stringify(value)
    if (text === undefined) {
      onProblem(`setData: ${path} is nothing that can be sent`)
      continue
    }
    if (text.length > MOST_BYTES) onProblem(`setData: ${path} has ${text.length} characters`)
    write(data, path, JSON.parse(text))
  }
}
