/** Put in by the build. */
declare const process: { env: { TARO_ENV: 'h5' | 'weapp' | 'alipay' } }
