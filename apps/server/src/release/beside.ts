import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * A file or folder of the project, found from the current directory or else from the folders above this program: a server
 * that was started elsewhere uses what it came with. The unpacked archive has the same folders as the source tree.
 */
export const besideProgram = (path: string): string => {
  if (existsSync(path)) return resolve(path)
  let above = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(above, path)) && above !== dirname(above)) above = dirname(above)
  return existsSync(join(above, path)) ? join(above, path) : resolve(path)
}
