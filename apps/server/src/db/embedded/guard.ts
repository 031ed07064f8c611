import { spawn } from 'node:child_process'

// Reads until its input closes, which happens whenever the parent ends, `kill -9` included.
const script =
  'read -r _; kill -"$2" "$1" 2>/dev/null; [ -n "$3" ] || exit 0; while kill -0 "$1" 2>/dev/null; do sleep 0.2; done; rm -rf "$3"'

/**
 * Makes a process end when this one does, even if this one is killed without a chance to clean up; otherwise a
 * database would go on holding the port and the data directory.
 * @param signal what the process is told, for example INT: PostgreSQL's fast shutdown
 * @param remove a directory to delete afterwards
 * @returns call it once the process has ended in an orderly way
 */
export const endWithParent = (pid: number, signal: 'INT' | 'TERM', remove = ''): (() => void) => {
  const guard = spawn('/bin/sh', ['-c', script, 'guard', String(pid), signal, remove], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Its own session: Ctrl-C in the terminal must not reach it.
    detached: true,
  })
  guard.on('error', () => {})
  guard.stdin.on('error', () => {})
  guard.unref()
  const pipe = guard.stdin as typeof guard.stdin & { unref?: () => void }
  pipe.unref?.()
  return () => {
    guard.kill('SIGKILL')
  }
}
