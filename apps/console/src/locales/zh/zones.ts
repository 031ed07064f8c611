export const zones = {
  menu: '管控区',
  title: '管控区与风险区',
  intro: '本辖区仍有人员在内的小区、管控区、风险区。解除一处即同时结束其中所有人的依据，由另一人审批。',
  empty: '没有仍有人员的管控区',
  emptyHint: '提出“封控区、管控区人员”或“中高风险区内人员”时填写小区或区域名称，就会出现在这里',
  name: '名称',
  persons: '人数',
  waiting: '另有未注册 {{count}} 人',
  since: '最早起算',
  number: '编号 {{zoneId}}',
  areaEnded: '风险地区名单已于 {{at}} 解除',
  lift: '提出解除',
  liftIntro:
    '将同时结束其中 {{count}} 人的依据。为未注册人员保留的依据同样结束。批准前颜色不变；仍需检测的，检测阴性后转绿。',
  liftedAt: '解除时间',
  openProposal: '查看审批',
} as const
