/** Of Alipay: the person refused now, before, or for good (my.chooseImage, my.scan, 错误码). */
const ALIPAY_DENIED = [2001, 2002, 2003]
/** The person closed it: 10 the scanner, 11 the camera or album. */
const ALIPAY_CANCELLED = [10, 11]

/** Why camera, album or scanner of the host gave nothing: refused by the person or the phone, closed, or broken. */
export const whyNothing = (failure: unknown): 'denied' | 'cancelled' | 'failed' => {
  const { errMsg, error, errorMessage } = (failure ?? {}) as Record<string, unknown>
  const said = `${errMsg ?? ''} ${errorMessage ?? ''}`
  if (ALIPAY_DENIED.includes(Number(error)) || /auth|permission|privacy/i.test(said)) return 'denied'
  return ALIPAY_CANCELLED.includes(Number(error)) || /cancel/i.test(said) ? 'cancelled' : 'failed'
}
