import Taro from '@tarojs/taro'
import { whyNothing } from './host-denial.ts'

export type MiniProgramHost = 'wechat' | 'alipay'

const HOSTS: Record<string, MiniProgramHost> = { weapp: 'wechat', alipay: 'alipay' }

/** Whether mini programs of this host open from here: only from inside the same host. */
export const opensMiniProgramsOf = (host: MiniProgramHost): boolean =>
  HOSTS[process.env.TARO_ENV ?? ''] === host

/** @returns false where the host did not open it; whoever closed the host's own question knows that already */
export const openMiniProgram = async (appId: string, path: string | undefined): Promise<boolean> => {
  try {
    await Taro.navigateToMiniProgram({ appId, ...(path ? { path } : {}) })
    return true
  } catch (failure) {
    return whyNothing(failure) === 'cancelled'
  }
}
