import type { OperationName } from '@jiankangbao/contracts/operations'
import { operations } from '@jiankangbao/contracts/operations'
import { schemas } from '@jiankangbao/contracts/schemas'
import { useEffect } from 'react'
import { sample } from './sample.ts'

/** What the phone under the app is like: its storage, the address of the page, and what the server answers. */
export const phone = {
  stored: new Map<string, string>(),
  params: {} as Record<string, string>,
  /** Which of its alternatives every answer shows; `refuses` stands for a server that says no. */
  pick: 0,
  refuses: false,
  title: '',
}

const known = (Object.keys(operations) as OperationName[]).map((name) => ({
  name,
  method: operations[name].method,
  path: new RegExp(`^${operations[name].path.replace(/:\w+/g, '[^/]+')}$`),
}))

const answer = (method: string, url: string): { statusCode: number; data: string } => {
  const path = url.split('?')[0] ?? ''
  const found = known.find((each) => each.method === method && each.path.test(path))
  if (!found) throw new Error(`no such operation: ${method} ${path}`)
  if (phone.refuses)
    return {
      statusCode: 422,
      data: JSON.stringify({
        code: 'VALIDATION_FAILED',
        message: '',
        requestId: '',
        fields: [{ field: 'name', reason: 'required' }],
      }),
    }
  const [status, schema] = Object.entries(schemas[found.name].responses)[0] ?? []
  return { statusCode: Number(status), data: JSON.stringify(schema && sample(schema as object, phone.pick)) }
}

const nothing = () => undefined
const host = {
  getStorageSync: (key: string) => phone.stored.get(key) ?? '',
  setStorageSync: (key: string, text: string) => void phone.stored.set(key, text),
  removeStorageSync: (key: string) => void phone.stored.delete(key),
  getStorageInfoSync: () => ({ keys: [...phone.stored.keys()] }),
  getSystemInfoSync: () => ({}),
  getCurrentPages: () => [],
  request: async ({ method, url }: { method: string; url: string }) => ({
    ...answer(method, url),
    header: {},
  }),
  setNavigationBarTitle: ({ title }: { title: string }) => {
    phone.title = title
  },
}

const isSilent = /^(on|off|redirectTo|navigateTo|navigateBack|reLaunch|vibrate)/

/** Taro as a mini program has it. What a screen asks of the phone beyond storage and network is refused. */
export const taro = {
  default: new Proxy(host, {
    get: (target, name) => {
      if (name in target) return target[name as keyof typeof target]
      // Modules are awaited, and this one is no promise.
      if (name === 'then' || typeof name === 'symbol') return undefined
      return isSilent.test(name) ? nothing : () => Promise.reject(new Error('not on this phone'))
    },
  }),
  useRouter: () => ({ params: phone.params }),
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page is shown once
  useDidShow: (call: () => void) => useEffect(call, []),
  useDidHide: nothing,
  useLaunch: nothing,
}
