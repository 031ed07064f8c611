/** One result of one person: known here by `personId`, else by blind index only. */
export interface SampleRow {
  number: string
  personId: string
  sampledAt: Date
  reportedAt: Date
  result: 'negative' | 'positive'
  kind: 'single' | 'pooled'
}

export interface StoredTest {
  test_id: string
  person_id: string
  laboratory_number: string
  sampled_at: Date
  result: 'negative' | 'positive'
  kind: 'single' | 'pooled'
  /** What a person decided about a positive. */
  verdict: 'approved' | 'rejected' | null
}

/** A laboratory, and the list by which it reports. */
export interface Reporter {
  partnerId: string
  name: string
  importId?: string | null
}
