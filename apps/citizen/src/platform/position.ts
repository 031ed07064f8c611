import type { PhonePosition } from '@jiankangbao/contracts/visit/schemas'
import Taro from '@tarojs/taro'
import type { Outcome } from './outcome.ts'
import { POSITION_MS, type RawPosition, roundPosition } from './position.types.ts'

// WeChat names scopes, Alipay abilities.
const SETTINGS = ['scope.userLocation', 'location'] as const
// Alipay: permission refused, service off, or refused for good.
const ALIPAY_DENIED = [11, 2001, 2002, 2003]

/** Whether the host answers without asking the person. */
export const isPositionAllowed = async (): Promise<boolean> => {
  try {
    const { authSetting } = await Taro.getSetting()
    return SETTINGS.some((name) => (authSetting as Record<string, boolean | undefined>)[name] === true)
  } catch {
    return false
  }
}

const isDenied = (failure: unknown): boolean => {
  const { errMsg = '', error } = (failure ?? {}) as { errMsg?: string; error?: number }
  return /auth|permission|privacy|denied/i.test(errMsg) || ALIPAY_DENIED.includes(Number(error))
}

/** Where this phone is; the host asks the person first. Hosts may call nobody back while their question stands. */
export const readPosition = (): Promise<Outcome<{ position: PhonePosition }>> =>
  new Promise((done) => {
    setTimeout(() => done({ ok: false, reason: 'failed' }), POSITION_MS)
    const succeed = (told: Partial<RawPosition>) => {
      // Alipay tells numbers as texts on some phones.
      const [latitude, longitude] = [Number(told.latitude), Number(told.longitude)]
      if (Number.isFinite(latitude) && Number.isFinite(longitude) && told.latitude !== undefined)
        done({
          ok: true,
          position: roundPosition({ latitude, longitude, accuracy: Number(told.accuracy ?? -1) }),
        })
      else done({ ok: false, reason: 'failed' })
    }
    try {
      Promise.resolve(Taro.getLocation({ type: 'wgs84' })).then(succeed, (failure) =>
        done({ ok: false, reason: isDenied(failure) ? 'denied' : 'failed' }),
      )
    } catch {
      done({ ok: false, reason: 'unsupported' })
    }
  })
