import { createHash, timingSafeEqual } from 'node:crypto'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { AppError } from '../../../http/app-error.ts'
import type { Parts } from '../../../parts.ts'
import { addReceipts } from './spending.queries.ts'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

type Gateway = 'http' | 'aliyun' | 'tencent'

/** Receipts are counted, and nothing else of them is kept: they name phones. */
export const createReceiptService = ({ pool, config, clock }: Pick<Parts, 'pool' | 'config' | 'clock'>) => ({
  /** @throws AppError NOT_FOUND without the key that stands in the address */
  takeSmsReceipts: async (
    gateway: Gateway,
    key: string,
    receipts: { success?: boolean; report_status?: 'SUCCESS' | 'FAIL' | 'UNKNOWN' }[],
  ) => {
    const { receiptKey } = config.providers
    if (receiptKey === undefined || !timingSafeEqual(digest(receiptKey), digest(key)))
      throw new AppError('NOT_FOUND')
    const delivered = receipts.filter((one) => one.success ?? one.report_status === 'SUCCESS').length
    const counts = { delivered, undelivered: receipts.length - delivered }
    const provider = gateway === 'http' ? 'sms' : `sms_${gateway}`
    if (receipts.length > 0) await addReceipts(pool, provider, shanghaiDayOf(clock().getTime()), counts)
    return { code: 0, msg: 'OK', result: 0, errmsg: 'OK' }
  },
})

export type ReceiptService = ReturnType<typeof createReceiptService>
