/** The outside world did not answer in time, or not sensibly. Callers decide what that means; it is never a verdict. */
export class ProviderUnavailable extends Error {
  readonly provider: string
  constructor(provider: string, cause: unknown) {
    super(`${provider} is not available`, { cause })
    this.name = 'ProviderUnavailable'
    this.provider = provider
  }
}
