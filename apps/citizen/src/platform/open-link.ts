import Taro from '@tarojs/taro'
import { callPhone } from './phone-call.ts'
import { serverAddress } from './server-address.ts'

const openFile = async (path: string): Promise<void> => {
  const { tempFilePath, statusCode } = await Taro.downloadFile({ url: serverAddress(path) })
  // WeChat keeps whatever came as a file, the page of an error too.
  if (statusCode >= 400) throw new Error(`no file: ${statusCode}`)
  await Taro.openDocument({ filePath: tempFilePath, fileType: 'pdf', showMenu: true })
}

/** What became of a press on a link: shown or called, put where it can be pasted, or neither. */
export type Opened = 'shown' | 'copied' | 'failed'

/** A mini program opens no page of others: files of the server are shown, numbers called, other addresses copied. */
export const openLink = async (address: string): Promise<Opened> => {
  if (address.startsWith('tel:')) {
    callPhone(address.slice(4))
    return 'shown'
  }
  const isFile = address.startsWith('/')
  try {
    await (isFile ? openFile(address) : Taro.setClipboardData({ data: address }))
    return isFile ? 'shown' : 'copied'
  } catch {
    return 'failed'
  }
}
