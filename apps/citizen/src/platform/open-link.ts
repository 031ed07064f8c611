import Taro from '@tarojs/taro'
import { callPhone } from './phone-call.ts'
import { serverAddress } from './server-address.ts'

const openFile = async (path: string): Promise<void> => {
  const { tempFilePath } = await Taro.downloadFile({ url: serverAddress(path) })
  await Taro.openDocument({ filePath: tempFilePath, fileType: 'pdf', showMenu: true })
}

/** A mini program opens no page of others: files of the server are shown, numbers called, other addresses copied. */
export const openLink = (address: string): void => {
  if (address.startsWith('tel:')) {
    callPhone(address.slice(4))
    return
  }
  const done = address.startsWith('/') ? openFile(address) : Taro.setClipboardData({ data: address })
  void Promise.resolve(done).catch(() => undefined)
}
