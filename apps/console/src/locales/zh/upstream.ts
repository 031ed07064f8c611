/** Words of the page about outside providers. */
export const upstream = {
  title: '外部接口',
  lead: '省码、行程卡、风险地区、短信等外部系统的应答情况，每 10 秒更新。外部中断时，扫码与亮码照常，数据显示截至时间。',
  providers: {
    sms: '短信',
    identity: '身份核验',
    face: '人脸核验',
    provincial: '省健康码',
    travel_card: '通信行程卡',
    risk_areas: '风险地区名单',
  },
  health: { well: '正常', unsteady: '不稳定', away: '中断', idle: '尚未调用' },
  lastSuccess: '最近成功',
  dataAsOf: '数据截至',
  failures: '24 小时失败',
  failureShare: '{{share}}%（{{failed}} / {{total}} 次）',
  noRequests: '没有调用',
  never: '从未',
  age: {
    seconds: '{{count}} 秒前',
    minutes: '{{count}} 分钟前',
    hours: '{{count}} 小时前',
    days: '{{count}} 天前',
  },
  bars: '{{name}}：24 小时内成功 {{succeeded}} 次，失败 {{failed}} 次',
  dayAgo: '24 小时前',
  now: '现在',
}
