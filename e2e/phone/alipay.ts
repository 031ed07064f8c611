import { createListeners, type HostParts, later, type Options, Refusal, tell } from './host.ts'
import { type HostAnswer, NoAnswer } from './network.ts'
import { createAlipaySockets } from './sockets.ts'

const METHODS = ['GET', 'POST', 'PUT', 'DELETE']
/** Characters under one key. */
const MOST_STORED = 200 * 1024

const lowerCased = (headers: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((headers ?? {}) as object).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )

/** The object `my`, as opendocs.alipay.com describes it. */
export const createAlipay = (parts: HostParts) => {
  const { realm, network, pages, person, storage, files, age, call, noticed } = parts
  const listeners = createListeners(call)
  const documents = new Set<string>()
  const notice = (what: string): Record<string, unknown> => {
    noticed.push(what)
    return {}
  }

  const api =
    (work: (options: Options) => Promise<Record<string, unknown>> | Record<string, unknown>) =>
    (given?: Options) => {
      const options = given ?? {}
      void later(() => work(options)).then(
        (told) => tell(parts, options, 'success', told),
        (error) =>
          tell(
            parts,
            options,
            'fail',
            error instanceof Refusal ? error.told : { error: 2, errorMessage: (error as Error).message },
          ),
      )
    }

  const send = async (
    url: string,
    method: string,
    headers: Record<string, string>,
    body: string | FormData | undefined,
    timeoutMs: number,
  ) => {
    try {
      return await network.send({ url, method, headers, body, timeoutMs })
    } catch (error) {
      const late = error instanceof NoAnswer && error.kind === 'timeout'
      throw new Refusal(
        late
          ? { error: 13, errorMessage: '请求超时' }
          : { error: 12, errorMessage: '网络不给力，请稍后再试' },
      )
    }
  }

  /** What `success` or `fail` gets of an answer; every status from 400 on is a failure. */
  const read = ({ status, headers, text }: HostAnswer, wanted: string): Record<string, unknown> => {
    let data: unknown = text
    let isRead = true
    if (wanted.startsWith('json'))
      try {
        data = JSON.parse(text)
      } catch {
        isRead = wanted === 'json_or_text'
      }
    if (status >= 400)
      throw new Refusal({ error: 19, errorMessage: 'http status error', status, data, headers })
    if (!isRead)
      throw new Refusal({ error: 14, errorMessage: 'JSON parse data error', status, data, headers })
    return { data, status, headers, ...(age === 'old' ? {} : { statusCode: status, header: headers }) }
  }

  const navigation = (name: 'navigateTo' | 'redirectTo' | 'reLaunch') =>
    api(({ url }) => {
      pages().goTo(name, String(url))
      return {}
    })

  const my: Record<string, unknown> = {
    canIUse: (schema: string) => (schema.split('.')[0] as string) in my,
    SDKVersion: age === 'old' ? '1.24.8' : '2.8.3',
    getSystemInfoSync: () =>
      realm().into({
        app: 'alipay',
        brand: age === 'old' ? 'OPPO' : 'HUAWEI',
        model: age === 'old' ? 'OPPO PCLM10' : 'HUAWEI ALN-AL00',
        platform: 'Android',
        system: age === 'old' ? '9' : '12',
        version: age === 'old' ? '10.1.99.8000' : '10.6.80.8000',
        language: 'zh-Hans',
        pixelRatio: 2,
        screenWidth: 375,
        screenHeight: 812,
        windowWidth: 375,
        windowHeight: 720,
        statusBarHeight: 24,
        titleBarHeight: 48,
      }),
    getLaunchOptionsSync: () => realm().into({ path: pages().path(), scene: '0000' }),
    navigateTo: navigation('navigateTo'),
    redirectTo: navigation('redirectTo'),
    reLaunch: navigation('reLaunch'),
    navigateBack: api(({ delta }) => {
      pages().back(Number(delta ?? 1))
      return {}
    }),

    request: api(async (options) => {
      const method = String(options.method ?? 'GET').toUpperCase()
      if (!METHODS.includes(method)) throw new Refusal({ error: 2, errorMessage: '参数错误' })
      const headers = { 'content-type': 'application/json', ...lowerCased(options.headers ?? options.header) }
      const text = typeof options.data === 'string' ? options.data : JSON.stringify(options.data ?? {})
      const body = method === 'GET' ? undefined : text
      const answer = await send(String(options.url), method, headers, body, Number(options.timeout ?? 30_000))
      return read(answer, String(options.dataType ?? (age === 'old' ? 'json' : 'json_or_text')).toLowerCase())
    }),
    uploadFile: api(async (options) => {
      const photo = files.get(String(options.filePath))
      if (!photo) throw new Refusal({ error: 11, errorMessage: '文件不存在' })
      if (age === 'old' && !['image', 'video', 'audio'].includes(String(options.fileType)))
        throw new Refusal({ error: 2, errorMessage: 'fileType' })
      const name = (age === 'old' ? undefined : options.name) ?? options.fileName
      if (name === undefined) throw new Refusal({ error: 2, errorMessage: 'fileName' })
      const form = new FormData()
      for (const [field, value] of Object.entries((options.formData ?? {}) as object))
        form.append(field, String(value))
      form.append(
        String(name),
        new Blob([new Uint8Array(photo.bytes)], { type: `image/${photo.type}` }),
        `upload.${photo.type}`,
      )
      const { 'content-type': _, ...headers } = lowerCased(options.header)
      const answer = await send(String(options.url), 'POST', headers, form, 60_000)
      return { data: answer.text, statusCode: answer.status, header: answer.headers }
    }),
    ...createAlipaySockets(parts),

    getStorageSync: ({ key }: Options) => {
      const text = storage.get(String(key))
      return realm().into(text === undefined ? { data: null } : { data: JSON.parse(text) })
    },
    setStorageSync: ({ key, data }: Options) => {
      const text = JSON.stringify(data)
      if (text === undefined || text.length > MOST_STORED) throw new Error('11: the value is too large')
      storage.set(String(key), text)
      return realm().into({ success: true })
    },
    removeStorageSync: ({ key }: Options) => {
      storage.delete(String(key))
      return realm().into({ success: true })
    },
    getStorageInfoSync: () =>
      realm().into({ keys: [...storage.keys()], currentSize: 1, limitSize: 10_240, success: true }),

    chooseImage: api(() => {
      if (person.photo === 'cancel') throw new Refusal({ error: 11, errorMessage: '用户取消操作' })
      if (person.photo === 'deny') throw new Refusal({ error: 2001, errorMessage: '用户拒绝授权' })
      const path = `https://resource/${files.size + 1}.image`
      files.set(path, person.photo)
      const size = person.photo.bytes.length
      return {
        apFilePaths: [path],
        ...(age === 'old' ? {} : { tempFilePaths: [path], tempFiles: [{ path, size }] }),
      }
    }),
    getImageInfo: api(({ src }) => {
      const photo = files.get(String(src))
      if (!photo) throw new Refusal({ error: 2, errorMessage: 'src' })
      return { width: photo.width, height: photo.height, path: src, orientation: 'up', type: photo.type }
    }),
    compressImage: api(({ apFilePaths }) => ({
      apFilePaths: apFilePaths as string[],
      tempFilePaths: apFilePaths as string[],
    })),
    getFileSystemManager: () => ({
      readFile: (options: Options) => {
        const photo = files.get(String(options.filePath))
        if (!photo) return tell(parts, options, 'fail', { error: 10024, errorMessage: 'no such file' })
        const data =
          options.encoding === 'base64' ? photo.bytes.toString('base64') : realm().bytes(photo.bytes)
        tell(parts, options, 'success', {}, { data })
      },
    }),
    scan: api(() => {
      if (person.scan === 'cancel') throw new Refusal({ error: 10, errorMessage: '用户取消' })
      if (person.scan === 'deny') throw new Refusal({ error: 2001, errorMessage: '用户拒绝授权' })
      return { code: person.scan, qrCode: person.scan, scanType: 'QRCODE' }
    }),
    getLocation: api(() => {
      if (person.location === 'deny') throw new Refusal({ error: 2001, errorMessage: '用户拒绝授权' })
      const { latitude, longitude, accuracy } = person.location
      return {
        latitude: String(latitude),
        longitude: String(longitude),
        accuracy: String(accuracy),
        horizontalAccuracy: String(accuracy),
      }
    }),
    getSetting: api(() => ({ authSetting: {} })),
    confirm: api(() => ({ confirm: person.confirms })),
    alert: api(() => ({})),
    setNavigationBar: api(({ title }) => notice(`title ${title}`)),
    showToast: api(({ content }) => notice(`toast ${content}`)),
    setClipboard: api(({ text }) => notice(`copied ${text}`)),
    vibrate: api(() => notice('vibrate')),
    vibrateShort: api(() => notice('vibrateShort')),
    vibrateLong: api(() => notice('vibrateLong')),
    setKeepScreenOn: api(({ keepScreenOn }) => notice(`keepScreenOn ${keepScreenOn}`)),
    getScreenBrightness: api(() => ({ brightness: 0.4 })),
    setScreenBrightness: api(({ brightness }) => notice(`brightness ${brightness}`)),
    navigateToMiniProgram: api(({ appId, path }) => {
      if (!/^[0-9]{16}$/.test(String(appId))) throw new Refusal({ error: 2, errorMessage: 'appId' })
      if (!person.confirms) throw new Refusal({ error: 11, errorMessage: '用户取消操作' })
      return notice(`program ${appId} ${path ?? ''}`)
    }),
    openLocation: api(({ name, address, latitude, longitude }) => {
      if (!name || !address || Number.isNaN(Number(latitude)) || Number.isNaN(Number(longitude)))
        throw new Refusal({ error: 2, errorMessage: '参数不全' })
      return notice(`map ${name}`)
    }),
    downloadFile: api(async ({ url }) => {
      const { status } = await send(String(url), 'GET', {}, undefined, 60_000)
      if (status >= 400) throw new Refusal({ error: 12, errorMessage: '下载失败' })
      const path = `https://resource/${documents.size + 1}.other`
      documents.add(path)
      return { apFilePath: path, ...(age === 'old' ? {} : { tempFilePath: path }) }
    }),
    openDocument: api(({ filePath, fileType }) => {
      if (!documents.has(String(filePath)) || fileType !== 'pdf')
        throw new Refusal({ error: 2, errorMessage: '参数错误' })
      return notice(`document ${fileType}`)
    }),
    makePhoneCall: api(({ number }) => notice(`called ${number}`)),
    pageScrollTo: api(() => ({})),
    getNetworkType: api(() => ({
      networkAvailable: !network.offline,
      networkType: network.offline ? 'NOTREACHABLE' : 'WIFI',
    })),
    onNetworkStatusChange: listeners.on('network'),
    offNetworkStatusChange: listeners.off('network'),
    onAppShow: listeners.on('show'),
    offAppShow: listeners.off('show'),
    onAppHide: listeners.on('hide'),
    offAppHide: listeners.off('hide'),
    getAuthCode: api(() => ({ authCode: 'code' })),
  }
  if (age === 'current')
    Object.assign(my, {
      getWindowInfo: () =>
        realm().into({
          pixelRatio: 2,
          windowWidth: 375,
          windowHeight: 720,
          statusBarHeight: 24,
          titleBarHeight: 48,
        }),
      getMenuButtonBoundingClientRect: () =>
        realm().into({ top: 28, bottom: 60, left: 278, right: 365, width: 87, height: 32 }),
    })
  // Its real phones have this much of a browser, and Taro reads it.
  const globals = { navigator: { swuserAgent: 'AlipayClient' } }
  return { name: 'my', object: my, globals, listeners }
}
