/** What the list would write is there by now, or against the rules: it can not be applied any more, and trying again would not help. */
export class Overtaken extends Error {
  readonly reason:
    | 'number_exists'
    | 'number_changed'
    | 'venue_exists'
    | 'category_retired'
    | 'zone_lifted'
    | 'end_refused'
    | 'end_needs_hq'
  readonly rows: number
  constructor(reason: Overtaken['reason'], rows: number) {
    super(`${rows} rows: ${reason}`)
    this.reason = reason
    this.rows = rows
  }
}
