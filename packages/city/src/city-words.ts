/** What the clients call a city, in one language. Their texts hold it as `{{city.…}}`. */
export interface CityWords {
  /** 徐州 */
  name: string
  /** Coming here, as the word before another: 入徐 in 入徐登记. */
  into: string
  /** Those who come here, as the word before another: 来徐 in 来徐人员. */
  coming: string
  /** What its people call the health code of the province. */
  provincialCode: string
}

/** By language, as the clients name their languages. */
export type WordsOfCity = Readonly<Record<string, CityWords>>
