/** What stands around the code when the app opens, and what an address that leads nowhere says. */
export const zhOpeningWords = {
  renewing: {
    now: '正在更新…',
    again: '更新未成功，{{seconds}} 秒后重试',
    byHand: '请点“刷新”',
  },
  strip: {
    title: '省码与行程卡',
    provincial: '{{city.provincialCode}}',
    travel: '行程卡',
    asOf: '截至 {{at}}',
    tooOld: '已过期',
    look: '点击查询',
    renew: '需更新身份',
  },
  keyboard: { fromAbroad: '境外号码（输入 +）' },
  missing: {
    title: '找不到这个页面',
    text: '这个地址没有内容，可能是链接不完整或已经失效。',
    poster: '海报上的链接不完整。请重新扫描海报上的二维码，或输入二维码下方的 14 位字符。',
    code: '这个码的链接不完整，请让对方重新打开健康码。',
  },
}
