import Taro from '@tarojs/taro'

export type MiniProgramHost = 'wechat' | 'alipay'

const HOSTS: Record<string, MiniProgramHost> = { weapp: 'wechat', alipay: 'alipay' }

/** Whether mini programs of this host open from here: only from inside the same host. */
export const opensMiniProgramsOf = (host: MiniProgramHost): boolean =>
  HOSTS[process.env.TARO_ENV ?? ''] === host

export const openMiniProgram = (appId: string, path: string | undefined): void => {
  void Promise.resolve(Taro.navigateToMiniProgram({ appId, ...(path ? { path } : {}) })).catch(
    () => undefined,
  )
}
