/** What a call to the phone answers: a permission refused or a missing ability is an answer, not an exception. */
export type Outcome<T extends object = object> =
  | ({ ok: true } & T)
  | { ok: false; reason: 'denied' | 'cancelled' | 'unsupported' | 'failed' }
