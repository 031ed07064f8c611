/** A data key or a token secret by its number: `data 2`. */
export type KeyName = `${'data' | 'token_secret'} ${number}`

export const nameOfKey = (kind: 'data' | 'token_secret', keyId: number): KeyName => `${kind} ${keyId}`

/** What the database says of the data keys and token secrets. */
export interface KeyStates {
  known: ReadonlySet<KeyName>
  /** Every process holds them. */
  used: ReadonlySet<KeyName>
  /** What they encrypted or signed is not read any more. */
  retired: ReadonlySet<KeyName>
}

/** Before the database was asked: what is only published is not used. */
export const NOTHING_SAID: KeyStates = { known: new Set(), used: new Set(), retired: new Set() }
