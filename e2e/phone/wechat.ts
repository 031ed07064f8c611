import { createListeners, type HostParts, later, type Options, Refusal, tell } from './host.ts'
import { NoAnswer } from './network.ts'
import { openWechatSocket } from './sockets.ts'

const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']
const MOST_STORED = 1024 * 1024

const lowerCased = (headers: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((headers ?? {}) as object).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )

const capitalised = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.replace(/(^|-)[a-z]/g, (each) => each.toUpperCase()),
      value,
    ]),
  )

/** The object `wx`, as developers.weixin.qq.com describes it. */
export const createWechat = (parts: HostParts) => {
  const { realm, clock, network, pages, person, storage, marks, files, age, call, noticed } = parts
  const listeners = createListeners(call)
  const documents = new Set<string>()
  const notice = (what: string): Record<string, unknown> => {
    noticed.push(what)
    return {}
  }

  /** An API with callbacks; `errMsg` names it both ways. */
  const api =
    (name: string, work: (options: Options) => Promise<Record<string, unknown>> | Record<string, unknown>) =>
    (given?: Options) => {
      const options = given ?? {}
      void later(() => work(options)).then(
        (told) => tell(parts, options, 'success', { errMsg: `${name}:ok`, ...told }),
        (error) =>
          tell(
            parts,
            options,
            'fail',
            error instanceof Refusal
              ? { ...error.told, errMsg: `${name}:fail ${error.told.errMsg}` }
              : { errMsg: `${name}:fail ${(error as Error).message}` },
          ),
      )
    }

  /** Interfaces that touch what is private wait for the person's consent, once (base library 2.32.3). */
  const askPrivacy = async (name: string): Promise<void> => {
    if (age === 'old' || marks.has('privacy')) return
    if (person.privacy === 'disagree')
      throw new Refusal({ errMsg: 'privacy permission is not authorized', errno: 104 })
    marks.add('privacy')
    noticed.push(`privacy agreed for ${name}`)
  }

  const send = async (
    name: 'request' | 'uploadFile',
    url: string,
    method: string,
    headers: Record<string, string>,
    body: string | FormData | undefined,
    timeoutMs: number,
  ) => {
    try {
      return await network.send({ url, method, headers, body, timeoutMs })
    } catch (error) {
      const kind = error instanceof NoAnswer ? error.kind : 'offline'
      throw new Refusal({
        errMsg: kind === 'timeout' ? 'timeout' : name === 'request' ? '' : 'network error',
        errno: kind === 'timeout' ? 5 : 600001,
      })
    }
  }

  const takePhoto = async (name: string) => {
    await askPrivacy(name)
    if (person.photo === 'cancel') throw new Refusal({ errMsg: 'cancel' })
    if (person.photo === 'deny') throw new Refusal({ errMsg: 'auth deny' })
    const path = `http://tmp/${files.size + 1}.${person.photo.type === 'png' ? 'png' : 'jpg'}`
    files.set(path, person.photo)
    return { path, photo: person.photo }
  }

  const navigation = (name: 'navigateTo' | 'redirectTo' | 'reLaunch') =>
    api(name, ({ url }) => {
      pages().goTo(name, String(url))
      return {}
    })

  const windowInfo = {
    pixelRatio: 2,
    screenWidth: 375,
    screenHeight: 812,
    windowWidth: 375,
    windowHeight: 812,
    statusBarHeight: 44,
    screenTop: 0,
    safeArea: { left: 0, right: 375, top: 44, bottom: 778, width: 375, height: 734 },
  }
  const deviceInfo = {
    brand: age === 'old' ? 'Xiaomi' : 'HUAWEI',
    model: age === 'old' ? 'Redmi Note 8' : 'Mate 60',
    platform: 'android',
    system: age === 'old' ? 'Android 9' : 'Android 12',
  }
  const appInfo = {
    SDKVersion: age === 'old' ? '2.16.1' : '3.7.0',
    version: age === 'old' ? '8.0.2' : '8.0.56',
    language: 'zh_CN',
    theme: 'light',
  }

  const wx: Record<string, unknown> = {
    canIUse: (schema: string) => schema.split('.')[0] !== undefined && (schema.split('.')[0] as string) in wx,
    getSystemInfoSync: () => realm().into({ ...windowInfo, ...deviceInfo, ...appInfo }),
    getLaunchOptionsSync: () => realm().into({ path: pages().path(), query: {}, scene: 1001 }),
    getMenuButtonBoundingClientRect: () =>
      realm().into({ width: 87, height: 32, top: 48, right: 368, bottom: 80, left: 281 }),
    getAccountInfoSync: () =>
      realm().into({ miniProgram: { appId: 'touristappid', envVersion: 'release', version: '1.0.0' } }),
    navigateTo: navigation('navigateTo'),
    redirectTo: navigation('redirectTo'),
    reLaunch: navigation('reLaunch'),
    navigateBack: api('navigateBack', ({ delta }) => {
      pages().back(Number(delta ?? 1))
      return {}
    }),
    nextTick: (fn: unknown) => void setImmediate(() => call(fn, undefined)),

    request: api('request', async (options) => {
      const method = String(options.method ?? 'GET').toUpperCase()
      if (!METHODS.includes(method)) throw new Refusal({ errMsg: `method ${method} is not supported` })
      const headers = { 'content-type': 'application/json', ...lowerCased(options.header) }
      const text =
        options.data === undefined || typeof options.data === 'string'
          ? options.data
          : JSON.stringify(options.data)
      // Without data the body is empty, and still named JSON.
      const body = method === 'GET' ? undefined : (text ?? '')
      const answer = await send(
        'request',
        String(options.url),
        method,
        headers,
        body,
        Number(options.timeout ?? 60_000),
      )
      let data: unknown = answer.text
      if ((options.dataType ?? 'json') === 'json')
        try {
          data = JSON.parse(answer.text)
        } catch {
          // What is no JSON stays text.
        }
      return { data, statusCode: answer.status, header: capitalised(answer.headers), cookies: [] }
    }),
    uploadFile: api('uploadFile', async (options) => {
      const photo = files.get(String(options.filePath))
      if (!photo) throw new Refusal({ errMsg: "file doesn't exist" })
      const form = new FormData()
      for (const [field, value] of Object.entries((options.formData ?? {}) as object))
        form.append(field, String(value))
      form.append(
        String(options.name),
        new Blob([new Uint8Array(photo.bytes)], { type: `image/${photo.type}` }),
        `upload.${photo.type}`,
      )
      const { 'content-type': _, ...headers } = lowerCased(options.header)
      const answer = await send(
        'uploadFile',
        String(options.url),
        'POST',
        headers,
        form,
        Number(options.timeout ?? 60_000),
      )
      return { data: answer.text, statusCode: answer.status }
    }),
    connectSocket: (options: Options) => openWechatSocket(parts, options),

    getStorageSync: (key: string) => {
      const text = storage.get(key)
      return text === undefined ? '' : realm().into(JSON.parse(text))
    },
    setStorageSync: (key: string, data: unknown) => {
      const text = JSON.stringify(data)
      if (text === undefined || text.length > MOST_STORED)
        throw new Error('setStorageSync:fail:entry size limit reached')
      storage.set(key, text)
    },
    removeStorageSync: (key: string) => void storage.delete(key),
    getStorageInfoSync: () => realm().into({ keys: [...storage.keys()], currentSize: 1, limitSize: 10_240 }),

    chooseImage: api('chooseImage', async () => {
      const { path, photo } = await takePhoto('chooseImage')
      return { tempFilePaths: [path], tempFiles: [{ path, size: photo.bytes.length }] }
    }),
    chooseMedia: api('chooseMedia', async () => {
      const { path, photo } = await takePhoto('chooseMedia')
      const { width, height, bytes } = photo
      return {
        type: 'image',
        tempFiles: [{ tempFilePath: path, size: bytes.length, width, height, fileType: 'image' }],
      }
    }),
    getImageInfo: api('getImageInfo', ({ src }) => {
      const photo = files.get(String(src))
      if (!photo) throw new Refusal({ errMsg: 'file not found' })
      return { width: photo.width, height: photo.height, path: src, orientation: 'up', type: photo.type }
    }),
    compressImage: api('compressImage', ({ src }) => ({ tempFilePath: String(src) })),
    getFileSystemManager: () =>
      realm().into({}) && {
        readFile: (options: Options) => {
          const photo = files.get(String(options.filePath))
          if (!photo)
            return tell(parts, options, 'fail', { errMsg: 'readFile:fail no such file or directory' })
          const data =
            options.encoding === 'base64' ? photo.bytes.toString('base64') : realm().bytes(photo.bytes)
          tell(parts, options, 'success', { errMsg: 'readFile:ok' }, { data })
        },
      },
    scanCode: api('scanCode', () => {
      if (person.scan === 'cancel') throw new Refusal({ errMsg: 'cancel' })
      if (person.scan === 'deny') throw new Refusal({ errMsg: 'auth deny' })
      return { result: person.scan, scanType: 'QR_CODE', charSet: 'UTF-8', path: '', rawData: '' }
    }),
    getLocation: api('getLocation', async () => {
      await askPrivacy('getLocation')
      if (person.location === 'deny') throw new Refusal({ errMsg: 'auth deny' })
      return {
        ...person.location,
        speed: -1,
        altitude: 0,
        verticalAccuracy: 0,
        horizontalAccuracy: person.location.accuracy,
      }
    }),
    openSetting: api('openSetting', () => ({ authSetting: {} })),
    getSetting: api('getSetting', () => ({ authSetting: {} })),
    showModal: api('showModal', () => ({ confirm: person.confirms, cancel: !person.confirms })),
    setNavigationBarTitle: api('setNavigationBarTitle', ({ title }) => notice(`title ${title}`)),
    showToast: api('showToast', ({ title }) => notice(`toast ${title}`)),
    setClipboardData: api('setClipboardData', ({ data }) => notice(`copied ${data}`)),
    vibrateShort: api('vibrateShort', ({ type }) => notice(`vibrateShort ${type ?? ''}`)),
    vibrateLong: api('vibrateLong', () => notice('vibrateLong')),
    setKeepScreenOn: api('setKeepScreenOn', ({ keepScreenOn }) => notice(`keepScreenOn ${keepScreenOn}`)),
    getScreenBrightness: api('getScreenBrightness', () => ({ value: 0.4 })),
    setScreenBrightness: api('setScreenBrightness', ({ value }) => notice(`brightness ${value}`)),
    navigateToMiniProgram: api('navigateToMiniProgram', ({ appId, path }) => {
      if (!/^wx[0-9a-f]{16}$/.test(String(appId))) throw new Refusal({ errMsg: 'invalid appid' })
      if (!person.confirms) throw new Refusal({ errMsg: 'cancel' })
      return notice(`program ${appId} ${path ?? ''}`)
    }),
    openLocation: api('openLocation', ({ latitude, longitude, name }) => {
      if (typeof latitude !== 'number' || typeof longitude !== 'number')
        throw new Refusal({ errMsg: 'parameter error: latitude should be Number' })
      return notice(`map ${name}`)
    }),
    // Whatever the server answers becomes a file; only without an answer it fails.
    downloadFile: api('downloadFile', async ({ url, timeout }) => {
      const { status } = await send(
        'uploadFile',
        String(url),
        'GET',
        {},
        undefined,
        Number(timeout ?? 60_000),
      )
      const path = `http://tmp/${status}-${documents.size + 1}.pdf`
      documents.add(path)
      return { tempFilePath: path, statusCode: status }
    }),
    openDocument: api('openDocument', ({ filePath, fileType }) => {
      if (!documents.has(String(filePath))) throw new Refusal({ errMsg: "file doesn't exist" })
      return notice(`document ${fileType}`)
    }),
    makePhoneCall: api('makePhoneCall', ({ phoneNumber }) => notice(`called ${phoneNumber}`)),
    pageScrollTo: api('pageScrollTo', () => ({})),
    getNetworkType: api('getNetworkType', () => ({ networkType: network.offline ? 'none' : 'wifi' })),
    onNetworkStatusChange: listeners.on('network'),
    offNetworkStatusChange: listeners.off('network'),
    onAppShow: listeners.on('show'),
    offAppShow: listeners.off('show'),
    onAppHide: listeners.on('hide'),
    offAppHide: listeners.off('hide'),
    onError: listeners.on('error'),
    login: api('login', () => ({ code: 'code' })),
  }
  if (age === 'current')
    Object.assign(wx, {
      getWindowInfo: () => realm().into(windowInfo),
      getDeviceInfo: () => realm().into(deviceInfo),
      getAppBaseInfo: () => realm().into(appInfo),
      getSystemSetting: () =>
        realm().into({ bluetoothEnabled: false, locationEnabled: true, wifiEnabled: true }),
      getPrivacySetting: api('getPrivacySetting', () => ({
        needAuthorization: !marks.has('privacy'),
        privacyContractName: '《隐私保护指引》',
      })),
      requirePrivacyAuthorize: api('requirePrivacyAuthorize', async () => {
        await askPrivacy('requirePrivacyAuthorize')
        return {}
      }),
      openPrivacyContract: api('openPrivacyContract', () => ({})),
      getFuzzyLocation: api('getFuzzyLocation', async () => {
        await askPrivacy('getFuzzyLocation')
        if (person.location === 'deny') throw new Refusal({ errMsg: 'auth deny' })
        return { latitude: person.location.latitude, longitude: person.location.longitude }
      }),
    })
  void clock
  return { name: 'wx', object: wx, globals: {}, listeners }
}
