const MIN_LENGTH = 12

interface Typed {
  /** The password until now; absent where there is none yet. */
  current?: string
  next: string
  repeat: string
}

/** What keeps a new password from being sent, as a key of `app.password`; the server looks for more. */
export const findPasswordProblem = ({
  current,
  next,
  repeat,
}: Typed): 'short' | 'same' | 'differ' | undefined => {
  if (next.length < MIN_LENGTH) return 'short'
  if (next === current) return 'same'
  return next === repeat ? undefined : 'differ'
}
