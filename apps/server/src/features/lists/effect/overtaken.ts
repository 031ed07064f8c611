/** What the list would write is there by now, or against the rules: it can not be applied any more, and trying again would not help. */
export class Overtaken extends Error {
  /** The failure of the list, such as `venue_exists`. */
  readonly reason: string
  readonly rows: number
  constructor(reason: string, rows: number) {
    super(`${rows} rows: ${reason}`)
    this.reason = reason
    this.rows = rows
  }
}
